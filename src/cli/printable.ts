/** A line of words for people: a foreign text in it must not steer the terminal or pass for another line. */
export function printable(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}
