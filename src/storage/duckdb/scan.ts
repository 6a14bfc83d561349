const [LF, CR, QUOTE, SPACE] = [10, 13, 34, 32];

/** Where in the grammar of RFC 4180 the next byte stands. */
const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
const QUOTE_IN_QUOTED = 3;
const CLOSED = 4;
const JUNK = 5;

/** What a scan of a whole CSV file counted. */
export interface Count {
  /** Records that are not blank, the header included. */
  readonly records: number;
  /** Lines that are not blank, as if there were no quotes. */
  readonly lines: number;
  /** A quoted value ran over a line end and did not end as one must: nobody knows which lines it swallowed. */
  readonly broken: boolean;
}

/** Told of each record before it is known to be whole: its first byte, and its line counted from 1. */
export type OnRecord = (start: number, line: number) => void;

export interface Scanner {
  push(bytes: Uint8Array): void;
  end(): Count;
}

/**
 * Counts the records of a CSV file (RFC 4180; line ends LF, CR LF or CR; blank lines are none) as its bytes come by,
 * aware of quotes. It exists to check the database's reader, which loses rows in silence after a quote that never ends.
 */
export function createScanner(delimiter: string, onRecord?: OnRecord): Scanner {
  const separator = delimiter.charCodeAt(0);
  let state = FIELD_START;
  let records = 0;
  let lines = 0;
  let line = 1;
  let offset = 0;
  let atRecordStart = true;
  let lineIsBlank = true;
  let ranOver = false;
  let broken = false;
  let afterCr = false;

  const endLine = (byte: number) => {
    // The LF of a CR LF belongs to the line that the CR has ended.
    if (byte === LF && afterCr) return;
    if (!lineIsBlank) lines++;
    lineIsBlank = true;
    line++;
    if (state === QUOTED) ranOver = true;
    else {
      state = FIELD_START;
      atRecordStart = true;
      ranOver = false;
    }
  };

  const step = (byte: number, at: number) => {
    if (byte === LF || byte === CR) {
      endLine(byte);
      afterCr = byte === CR;
      return;
    }
    afterCr = false;
    lineIsBlank = false;
    if (atRecordStart) {
      atRecordStart = false;
      records++;
      onRecord?.(at, line);
    }
    state = next(byte);
  };

  const next = (byte: number): number => {
    switch (state) {
      case QUOTED:
        return byte === QUOTE ? QUOTE_IN_QUOTED : QUOTED;
      case QUOTE_IN_QUOTED:
        if (byte === QUOTE) return QUOTED;
        return afterQuote(byte);
      case CLOSED:
        return afterQuote(byte);
      case JUNK:
        return JUNK;
      default:
        if (byte === separator) return FIELD_START;
        if (state === FIELD_START && byte === QUOTE) return QUOTED;
        return state === FIELD_START && byte === SPACE ? FIELD_START : UNQUOTED;
    }
  };

  const afterQuote = (byte: number): number => {
    if (byte === separator) {
      ranOver = false;
      return FIELD_START;
    }
    if (byte === SPACE) return CLOSED;
    if (ranOver) broken = true;
    return JUNK;
  };

  /** Whole lines without a quote or CR need no grammar; most files consist of nothing else. */
  const plainLines = (bytes: Uint8Array, from: number): number => {
    const end = bytes.lastIndexOf(LF) + 1;
    let found = 0;
    let start = from;
    for (let at = from; at < end; at++) {
      if (bytes[at] !== LF) continue;
      if (at > start) found++;
      start = at + 1;
    }
    records += found;
    lines += found;
    return Math.max(from, end);
  };

  return {
    push(bytes) {
      let at = 0;
      if (onRecord === undefined && bytes.indexOf(QUOTE) < 0 && bytes.indexOf(CR) < 0) {
        for (; at < bytes.length && (!atRecordStart || afterCr); at++) step(bytes[at]!, offset + at);
        at = plainLines(bytes, at);
      }
      for (; at < bytes.length; at++) step(bytes[at]!, offset + at);
      offset += bytes.length;
    },
    end() {
      if (!lineIsBlank) lines++;
      return { records, lines, broken: broken || state === QUOTED };
    },
  };
}
