import { pairLines, section, textLines } from './markup.ts';
import type { ReportPaper } from './receipt.ts';

/** A shift's report in receiptline's language. Every line fits the paper. */
export function reportMarkup(report: ReportPaper, columns: number): string {
  const centred = (text: string, signs = '') => textLines(text, columns, 'centre', signs);
  const { warning, signature } = report;
  return [
    ...(report.hasLogo ? ['{image:logo}'] : []),
    ...report.header.flatMap((line) => centred(line)),
    ...(warning === null ? [] : centred(warning, '"')),
    ...centred(report.title, '"'),
    ...section(report.facts.flatMap((pair) => pairLines(pair, columns))),
    ...section(report.notes.flatMap((note) => textLines(note, columns, 'left'))),
    ...report.sections.flatMap(({ title, pairs }) =>
      section([
        ...(title === null ? [] : textLines(title, columns, 'left', '"')),
        ...pairs.flatMap((pair) => pairLines(pair, columns)),
      ]),
    ),
    ...section(['', ...textLines(signature, columns, 'left'), '', '']),
  ].join('\n');
}
