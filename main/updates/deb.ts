import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { isWhatWasSigned } from './file-hash.ts';
import type { Installer } from './installer.ts';

/**
 * Root verifies a copy that nobody else can write, for the file in the user's folder may have been exchanged.
 * Arguments: file, SHA-512, size.
 */
export const DEB_SCRIPT = `set -eu
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
head -c "$3" "$1" > "$folder/update.deb"
echo "$2  $folder/update.deb" | sha512sum --check --status || exit 90
dpkg --install "$folder/update.deb" || exit 91
`;

/** Returns a program's exit code; null where there is no such program. */
export type RunProgram = (program: string, args: readonly string[]) => Promise<number | null>;

export interface DebParts {
  readonly run: RunProgram;
  readonly isRoot: boolean;
}

/** Exit codes of pkexec: nobody answered, or nothing could ask. */
const NOT_ALLOWED = [126, 127];

function answerOf(code: number | null): Result<'start-again'> {
  if (code === 0) return ok('start-again');
  if (code === null || NOT_ALLOWED.includes(code)) return err(appError('update-needs-administrator'));
  if (code === 90) return err(appError('update-file-changed'));
  return err(appError('update-failed', { status: String(code) }));
}

/** Hands a package to dpkg as administrator; the system asks for the password. */
export const createDebInstaller = ({ run, isRoot }: DebParts): Installer => ({
  asksForAdministrator: !isRoot,
  prepare: async (path, file) => {
    if (!(await isWhatWasSigned(path, file))) return err(appError('update-file-changed'));
    const shell = ['/bin/sh', '-c', DEB_SCRIPT, 'sh', path, file.sha512, String(file.size)] as const;
    const [program, ...args] = isRoot ? shell : ['pkexec', '--disable-internal-agent', ...shell];
    return ok({
      commit: async () => answerOf(await run(program ?? '', args)),
      discard: async () => undefined,
    });
  },
});
