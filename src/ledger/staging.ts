import type { LogFile } from "../model/ports/log.ts";

/** Files as one blob: path and bytes, each with its length before it. */
export function encodeStaged(files: readonly LogFile[]): Uint8Array {
  return Buffer.concat(
    files.flatMap(({ path, bytes }) => {
      const lengths = Buffer.alloc(6);
      lengths.writeUInt16BE(path.length, 0);
      lengths.writeUInt32BE(bytes.length, 2);
      return [lengths, Buffer.from(path, "latin1"), bytes];
    }),
  );
}

/** The files of a blob; undefined if it ends within one. */
export function decodeStaged(blob: Uint8Array): readonly LogFile[] | undefined {
  const files: LogFile[] = [];
  const buffer = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  for (let at = 0; at < buffer.length; ) {
    if (at + 6 > buffer.length) return undefined;
    const start = at + 6 + buffer.readUInt16BE(at);
    const end = start + buffer.readUInt32BE(at + 2);
    if (end > buffer.length) return undefined;
    files.push({ path: buffer.toString("latin1", at + 6, start), bytes: buffer.subarray(start, end) });
    at = end;
  }
  return files;
}
