import type Database from 'better-sqlite3';
import type { OpenedSession } from '../../main/app/open-session.ts';
import { amount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import type { Violation } from './checks.ts';

/** Whatever comes next in a shift: deaths and a full disk meet it as they meet an entry. */
export function stepShift({
  day: {
    shifts: { service },
  },
}: OpenedSession): void {
  const { open } = service.shown();
  if (open === null) service.open(amount('0'), 'own', atTheTill);
  else if (open.stage === 'open') service.beginCount(atTheTill);
  else if (open.stage === 'counting') service.commitCount({ pieces: [], tenders: [] }, atTheTill);
  else service.close(null, null, atTheTill);
}

interface Z {
  readonly number: number;
  readonly fromSequence: number;
  readonly toSequence: number;
  /** Those of earlier shifts' entries, settled since, name their shift. */
  readonly cells: readonly { readonly entries: number; readonly shift?: number }[];
}

const wrong = (words: string): Violation => ({ what: 'shifts', words });

/** Numbers without a gap, and each entry since the first shift in exactly one; read without `main/`. */
export function checkShifts(db: Database.Database): Violation[] {
  const rows = db
    .prepare("SELECT content FROM journal WHERE entry IS NULL AND reason = 'z report' ORDER BY number")
    .all() as { content: string }[];
  const zs = rows.map(({ content }) => (JSON.parse(content) as { report: Z }).report);
  const entriesIn = db.prepare('SELECT COUNT(*) AS entries FROM increment WHERE sequence BETWEEN ? AND ?');
  return zs.flatMap((z, index) => {
    const before = zs[index - 1];
    const { entries } = entriesIn.get(z.fromSequence, z.toSequence) as { entries: number };
    const own = z.cells.filter(({ shift }) => shift === undefined);
    const told = own.reduce((sum, cell) => sum + cell.entries, 0);
    return [
      ...(z.number === index + 1 ? [] : [wrong(`Z ${z.number} stands where ${index + 1} belongs`)]),
      ...(before === undefined || z.fromSequence === before.toSequence + 1
        ? []
        : [
            wrong(
              `Z ${z.number} begins with ${z.fromSequence}, the one before ends with ${before.toSequence}`,
            ),
          ]),
      ...(told === entries
        ? []
        : [wrong(`Z ${z.number} tells of ${told} entries, and there are ${entries}`)]),
    ];
  });
}
