/** What a partner may fetch of its own log (C2SP tlog-tiles): the checkpoint, tiles, and bundles of entries. */
export const tilePathKinds = [
  { pattern: /^checkpoint$/, media: "text/plain; charset=utf-8" },
  { pattern: /^tile\/[0-9]{1,2}(\/x?[0-9]{3}){1,8}(\.p\/[0-9]{1,3})?$/, media: "application/octet-stream" },
  { pattern: /^tile\/entries(\/x?[0-9]{3}){1,8}(\.p\/[0-9]{1,3})?$/, media: "application/octet-stream" },
] as const;
