/**
 * A text as a cell that nothing obeys, as `reports/csv.ts` has it: an apostrophe before what a spreadsheet would take for a
 * formula, and control characters as `\xNN`. Most texts need neither, and are not copied.
 */
export function plainCell(text: string): string {
  const control = "[\\p{Cc}\\p{Cf}]";
  const formula = "(^|;)([=+\\-@＝＋－＠])";
  const shown = `array_to_string(list_transform(regexp_extract_all(${text}, '(?s).'),
    lambda c: case when regexp_matches(c, '${control}') then format('\\x{:02x}', unicode(c)) else c end), '')`;
  return `case when regexp_matches(${text}, '${formula}|${control}')
    then regexp_replace(${shown}, '${formula}', '\\1''\\2', 'g') else ${text} end`;
}
