/**
 * A vitest reporter that says what failed outside of every test, as a worker that died, which the JSON report leaves out.
 * CI repeats lines that begin so.
 */
export default class OutsideReporter {
  onTestRunEnd(_files, errors) {
    for (const { message, cause } of errors) {
      const why = [message, cause?.message].filter(Boolean).map((words) => words.split('\n', 1)[0]);
      process.stdout.write(`failed: outside of a test: ${why.join(': ')}\n`);
    }
  }
}
