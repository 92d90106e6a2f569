import { expect, it } from 'vitest';

interface Count {
  passed: number;
  failed: number;
}
interface Run {
  exitCode: number;
  text: string | null;
}

const script = new URL('../../scripts/lib/report.mjs', import.meta.url).href;
interface Report {
  countReport: (run: Run) => Count;
  troubleOf: (text: string | null) => { failed: string[]; triedAgain: string[] };
  addUp: (counts: Count[]) => Count;
}
const { countReport, troubleOf, addUp }: Report = await import(script);

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});
const count = (parts: object, run: Partial<Run> = {}) => {
  const report = { numPassedTests: 0, numFailedTests: 0, testResults: [], ...parts };
  return countReport({ exitCode: 0, text: JSON.stringify(report), ...run });
};

it('counts what passed and what failed', () => {
  expect(count({ numPassedTests: 3 })).toEqual({ passed: 3, failed: 0 });
  const mixed = { numPassedTests: 3, numFailedTests: 2, testResults: [file('failed', 'passed', 'failed')] };
  expect(count(mixed, { exitCode: 1 })).toEqual({ passed: 3, failed: 2 });
  expect(addUp([mixed, mixed].map((run) => count(run, { exitCode: 1 })))).toEqual({ passed: 6, failed: 4 });
});

it('counts every way of not running as a failure', () => {
  const failed = { passed: 0, failed: 1 };
  expect(countReport({ exitCode: 1, text: null })).toEqual(failed);
  expect(countReport({ exitCode: 0, text: null })).toEqual(failed);
  expect(countReport({ exitCode: 0, text: '{"numPassed' })).toEqual(failed);
  expect(count({})).toEqual(failed);
  expect(count({ numPassedTests: 3 }, { exitCode: 1 })).toEqual({ passed: 3, failed: 1 });
  expect(count({ numPassedTests: 3, testResults: [file('failed')] }, { exitCode: 1 })).toEqual({
    passed: 3,
    failed: 1,
  });
  expect(count({ numPassedTests: 3, numPendingTests: 1 })).toEqual({ passed: 3, failed: 1 });
});

it('names what failed or passed only at the second try, and how its message begins', () => {
  const failed = {
    ...{ name: 'test/a.test.ts', status: 'failed' },
    assertionResults: [
      { status: 'passed', fullName: 'adds', failureMessages: [] },
      { status: 'passed', fullName: 'waits', failureMessages: ['no window\n    at a.test.ts:9'] },
      {
        status: 'failed',
        fullName: 'takes away',
        failureMessages: ['expected 1 to be 2\n    at a.test.ts:3'],
      },
    ],
  };
  const broken = {
    name: 'test/b.test.ts',
    status: 'failed',
    message: 'no such module\n',
    assertionResults: [],
  };
  const fine = { name: 'test/c.test.ts', status: 'passed', assertionResults: [] };
  expect(troubleOf(JSON.stringify({ testResults: [failed, broken, fine] }))).toEqual({
    failed: ['test/a.test.ts: takes away: expected 1 to be 2', 'test/b.test.ts: no such module'],
    triedAgain: ['test/a.test.ts: waits: no window'],
  });
  expect(troubleOf(null)).toEqual({ failed: [], triedAgain: [] });
});

it.each([
  [
    ['- element is not stable', '- element is not enabled', '- retrying click action'],
    '- element is not enabled',
  ],
  [
    ['- locator resolved to <button>Top up</button>', '- performing click action'],
    '- performing click action',
  ],
])('names what a driver waited for, and how far it came: %j', (log, last) => {
  const waited = "- waiting for getByRole('button')";
  const lines = [
    'locator.click: Timeout',
    'Call log:',
    `\u001b[2m  ${waited}\u001b[22m`,
    ...log,
    'at test/a.test.ts:9',
  ];
  const tests = [{ status: 'passed', fullName: 'pays', failureMessages: [lines.join('\n')] }];
  const report = { testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: tests }] };
  expect(troubleOf(JSON.stringify(report)).triedAgain).toEqual([
    `a.test.ts: pays: locator.click: Timeout ${waited} ${last}`,
  ]);
});
