/** How long the long run is; 0 = the quick one. Set by `npm run torture -- --minutes=N`. */
export const minutes = Number(process.env['TORTURE_MINUTES'] ?? '0');

/** One line of the report, past the test runner's own frame. */
export const sayFigures = (line: string): void => void process.stdout.write(`  ${line}\n`);
