import { stripVTControlCharacters } from 'node:util';

/**
 * What a vitest run adds to the sum, from its JSON report (null where it wrote none). Whatever is
 * not plainly a success is a failure: a crash, an error outside a test, a file that did not load,
 * a skipped test, no tests at all. Where tests are left out by a mark (`leavesOut`), they are counted beside.
 */
export function countReport({ exitCode, text, leavesOut = false }) {
  const report = parse(text);
  if (!report) return crashed;
  const {
    numPassedTests: passed,
    numFailedTests,
    numPendingTests = 0,
    numTodoTests = 0,
    testResults,
  } = report;
  const filesBroken = testResults.filter(isBroken).length;
  const leftOut = leavesOut ? { leftOut: numPendingTests } : {};
  const failed = numFailedTests + filesBroken + (leavesOut ? 0 : numPendingTests) + numTodoTests;
  const isRed = exitCode !== 0 || (passed === 0 && failed === 0);
  return { passed, failed: failed === 0 && isRed ? 1 : failed, ...leftOut };
}

/**
 * What failed, and what passed only when it was tried again, a line each, from the same report: the file and the test, and
 * how its first message begins.
 */
export function troubleOf(text) {
  const files = parse(text)?.testResults ?? [];
  const tests = files.flatMap((file) =>
    file.assertionResults.map((test) => ({
      status: test.status,
      line: lineOf(`${file.name}: ${test.fullName}`, test.failureMessages?.[0]),
      hasMessage: (test.failureMessages?.length ?? 0) > 0,
    })),
  );
  return {
    failed: [
      ...tests.filter(({ status }) => status === 'failed').map(({ line }) => line),
      ...files.filter(isBroken).map((file) => lineOf(file.name, file.message)),
    ],
    triedAgain: tests
      .filter(({ status, hasMessage }) => status === 'passed' && hasMessage)
      .map(({ line }) => line),
  };
}

/** It did not load, or something outside of its tests failed. */
const isBroken = (file) =>
  file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');

/** How a message begins, and of a driver's log what it waited for and how far it came with that. */
function lineOf(what, message = '') {
  const [first, ...lines] = stripVTControlCharacters(message.trim())
    .split('\n')
    .map((line) => line.trim());
  const log = lines.filter((line) => line.startsWith('- '));
  const waited = log.find((line) => line.startsWith('- waiting for '));
  const last = log.findLast((line) => /^- (element is |<.* intercepts )/.test(line)) ?? log.at(-1);
  return [...new Set([`${what}: ${first}`, waited, last])].filter(Boolean).join(' ');
}

const none = { passed: 0, failed: 0 };
const crashed = { passed: 0, failed: 1 };

function parse(text) {
  try {
    const report = JSON.parse(text);
    return Array.isArray(report?.testResults) ? report : null;
  } catch {
    return null;
  }
}

export function addUp(counts) {
  return counts.reduce(
    (sum, count) => ({ passed: sum.passed + count.passed, failed: sum.failed + count.failed }),
    none,
  );
}
