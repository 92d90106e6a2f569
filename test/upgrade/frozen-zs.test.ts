import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readZ } from '../../main/day/reports/read-z.ts';
import { factsOf } from '../../main/day/reports/z-facts.ts';
import { shiftRecordSchema, zNoteSchema } from '../../main/day/shifts/shift-record.ts';
import { readZFile } from '../../main/day/shifts/z-file.ts';
import {
  type ReceiptCodeDesk,
  readReceiptCode,
  writeReceiptCode,
} from '../../main/paper/slips/receipt-code.ts';
import { deriveReceiptCodeKey } from '../../main/paper/slips/receipt-code-seal.ts';
import { standardTenders } from '../../preload/contract/index.ts';
import { openShiftTill } from '../day/shifts/support.ts';
import { zFileOf, zReportOf, zShop } from '../kit/z-reports.ts';

// As the programs of 2026-11-28 and of the day after wrote them: Zs in journals, on sticks and beside an open shift, and
// papers that members hold. Each stands here for ever. A figure that is required from a later day on would make all of them vanish.

const frozen = (name: string): readonly string[] =>
  readFileSync(join(import.meta.dirname, 'frozen', name), 'utf8')
    .trim()
    .split('\n');

/** Those that were closed, one of them at a practice store. */
const idsOf = (version: number) =>
  ['whole', 'empty', 'practice'].map((kind) => `Z-frozen-${version}-${kind}`);
/** Before cells told their line, before the drawer's openings were told, and since; with the digest of each. */
const versions = [
  [
    2,
    [
      '607558899868f2a8a42cde51be7a06b1',
      '55e87acec96fa10a3cc4d72852c8d281',
      '5ea2c5835078197f5c536c5f3411d4a3',
    ],
  ],
  [
    3,
    [
      'd9dd4b06eecdba5d31c71c6ea71e5f7e',
      '9e00c9dbb3ceb0b31ea722d37f84c2de',
      '58f41c99607a5d0a358a82a6778e7f49',
    ],
  ],
  [
    4,
    [
      'f110572bad4556f048f58d7c5f84d770',
      'dd47800b9fa829b3f73bb5716cc37fa1',
      '14cbb898362b31ce07f7c5612214266f',
    ],
  ],
] as const;

it('every form that a Z file ever had stands here, but for the first', () => {
  const { format } = JSON.parse(zFileOf(zReportOf())) as { format: string };
  expect(format).toBe(`counterfoil z report ${Math.max(...versions.map(([version]) => version))}`);
});

describe.each(versions)('a Z of version %i', (version, digests) => {
  const notes = frozen(`z-notes-${version}.txt`);
  const files = frozen(`z-files-${version}.txt`);
  const ids = idsOf(version);

  it('is read out of its note, and not a byte of it is another', () => {
    const read = notes.map((text) => zNoteSchema.parse(JSON.parse(text)));
    expect(read.map(({ report }) => report.id)).toEqual(ids);
    // The digest that tells two accounts of one shift apart, and names kept files, hangs on them.
    expect(read.map((note) => JSON.stringify(note))).toEqual(notes);
    expect(read.map(({ report }) => factsOf(report).digest)).toEqual(digests);
  });

  it('is told by the till that has it in its journal', async () => {
    const till = await openShiftTill();
    const {
      ledger,
      day: { shifts },
    } = till.driven.till.session;
    for (const text of notes)
      ledger.journal?.append({
        ...{ event: 'noted', actor: 'system', reason: 'z report', content: JSON.parse(text) as object },
      });
    const kept = shifts.repository.zReports(null, 10);
    expect(kept.map(({ report }) => report?.id)).toEqual([...ids].reverse());
    expect(shifts.repository.zReport(7)?.report).toMatchObject({ unlisted: 0, takenUp: [{}, {}] });
  });

  it('is read as a file', () => {
    for (const [index, text] of files.entries()) {
      expect(readZFile(zShop.appKey, zShop.account, text)).toMatchObject({
        ok: true,
        report: { id: ids[index] },
      });
      const isPractice = index === 2;
      expect(readZ(text, { ...zShop, currency: 'SGD', isPractice }).ok).toBe(!isPractice);
    }
  });

  it('is closed by a later program where its count was committed before', () => {
    const records = frozen(`shift-records-${version}.txt`);
    expect(records.map((text) => JSON.stringify(shiftRecordSchema.parse(JSON.parse(text))))).toEqual(records);
  });
});

describe('a paper of version 2', () => {
  const account = { host: 'https://area15-win.pospal.cn:443', appId: 'AB12CD34EF56' };
  const desk: ReceiptCodeDesk = {
    account,
    key: deriveReceiptCodeKey('712345678901234567', account),
    isPractice: false,
  };
  const tenders = [null, 'cash', 'card', 'qr', 'transfer', 'own:会员储值卡'];

  it.each(frozen('slips-2.txt').map((text, index) => [tenders[index] ?? null, text] as const))(
    'that was paid by %s says what it said',
    (tender, text) => {
      const read = readReceiptCode(desk, text);
      if (!read.ok) throw new Error(read.problem);
      expect(read.facts).toMatchObject({
        ...{ id: 'AAAAAAAAQACAAAAAAAAAAQ', sequence: 42, till: 'Counter 1', kind: 'top-up' },
        ...{ customerUid: '1069876543210987654', balanceIncrement: '55.5', pointIncrement: '50' },
        origin: { tillId: '00112233445566aa', epoch: 'aa66554433221100' },
        before: tender === 'card' ? null : { balance: '12.5', point: '0', atMs: 1_795_757_180_000 },
        terms: { tender, given: tender === 'cash' ? '60' : null, bonus: '5.5', rulesVersion: 3 },
      });
      // What was printed is printed so by every later program of this version.
      expect(writeReceiptCode(desk, read.facts)).toBe(text);
    },
  );

  it('of an award and of a reversal as well', () => {
    const texts = frozen('slips-2-kinds.txt');
    const facts = texts.flatMap((text) => {
      const read = readReceiptCode(desk, text);
      return read.ok ? read.facts : [];
    });
    expect(facts).toMatchObject([
      {
        ...{ kind: 'award', corrects: null, balanceIncrement: '0', pointIncrement: '50', before: null },
        terms: { tender: null, purchase: '125.5', bonusLetGo: null, rulesVersion: 7 },
      },
      {
        ...{ kind: 'reversal', corrects: 'BBBBBBBBQACAAAAAAAAAAg', balanceIncrement: '-55.5' },
        ...{ pointIncrement: '-50', before: { balance: '80', point: '60' } },
        terms: { tender: 'own:券', purchase: null, bonus: '-5.5', bonusLetGo: '1.25', rulesVersion: null },
      },
    ]);
    // The second had no room for the name: what was left out is not written again.
    expect(facts.map((one) => writeReceiptCode(desk, one))).toEqual(texts);
  });

  it('is here for every way to pay that every till knows', () => {
    expect(standardTenders.filter((tender) => !tenders.includes(tender))).toEqual([]);
  });
});
