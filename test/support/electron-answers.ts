/** The last line of JSON that a process printed. */
export const answer = (stdout: string): unknown => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
