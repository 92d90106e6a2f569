import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appImageSteps, createAppImageInstaller, folderProblem } from '../../main/updates/appimage.ts';
import { describeOnPosix } from '../kit/posix.ts';
import { realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { fileOf, programOf } from './feed.ts';

function pc() {
  const folder = temporaryFolder();
  const program = join(folder, 'Counterfoil.AppImage');
  const old = programOf('1.0.0');
  writeFileSync(program, old, { mode: 0o755 });
  const body = Buffer.concat([programOf('1.1.0'), Buffer.alloc(3_000_000, 7)]);
  const next = join(temporaryFolder(), 'next.AppImage');
  writeFileSync(next, body);
  const installer = createAppImageInstaller({ program, random: realRandom });
  return { folder, program, old, next, body, file: fileOf('1.1.0', body), installer };
}

const run = ({ program, next }: ReturnType<typeof pc>, ...how: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, 'replace-appimage.ts'), program, next, ...how]);

describeOnPosix('an AppImage', () => {
  it.each(
    appImageSteps.flatMap(
      (step) =>
        (step === 'half-written'
          ? [
              [step, 1],
              [step, 3],
            ]
          : [[step, 1]]) as [string, number][],
    ),
  )('killed when it is %s (%i): one whole program, and the next try succeeds', (step, times) => {
    const shop = pc();
    const { signal } = run(shop, step, String(times));
    expect(signal).toBe('SIGKILL');
    const left = readFileSync(shop.program);
    const isReplaced = step === 'renamed' || step === 'done';
    expect(left.equals(isReplaced ? shop.body : shop.old)).toBe(true);
    expect(statSync(shop.program).mode & 0o777).toBe(0o755);
    expect(run(shop).status).toBe(0);
    expect(readFileSync(shop.program).equals(shop.body)).toBe(true);
    expect(readdirSync(shop.folder)).toEqual(['Counterfoil.AppImage']);
  });

  it('that a link leads to is replaced where it lies, and whoever might start it still may', async () => {
    const { program, next, file, body } = pc();
    chmodSync(program, 0o744);
    const link = join(temporaryFolder(), 'till');
    symlinkSync(program, link);
    const installer = createAppImageInstaller({ program: link, random: realRandom });
    const prepared = await installer.prepare(next, file);
    expect(prepared.ok && (await prepared.value.commit())).toEqual({ ok: true, value: 'start-again' });
    expect(readFileSync(link).equals(body)).toBe(true);
    expect(statSync(program).mode & 0o777).toBe(0o744);
  });

  it('that is not to be replaced after all leaves nothing behind', async () => {
    const { folder, next, file, installer } = pc();
    const prepared = await installer.prepare(next, file);
    expect(readdirSync(folder)).toHaveLength(2);
    if (prepared.ok) await prepared.value.discard();
    expect(readdirSync(folder)).toEqual(['Counterfoil.AppImage']);
  });

  it('in whose place there is none any more is a failure in words', async () => {
    const { program, next, file, installer } = pc();
    rmSync(program);
    expect(await installer.prepare(next, file)).toMatchObject({ error: { code: 'update-folder' } });
    expect(await installer.prepare(`${next}.gone`, file)).toMatchObject({ ok: false });
  });

  it('of which the disk takes a part alone does not replace the old one', () => {
    const shop = pc();
    // A file may grow to so many blocks of 512 bytes: the last write is taken in part, and nothing fails.
    const script = join(import.meta.dirname, 'replace-appimage.ts');
    const node = [process.execPath, script, shop.program, shop.next];
    const { status } = spawnSync('/bin/sh', ['-c', 'trap "" XFSZ; ulimit -f 6200; exec "$@"', 'sh', ...node]);
    expect(readFileSync(shop.program).equals(shop.old)).toBe(true);
    expect(status).not.toBe(0);
    expect(readdirSync(shop.folder)).toEqual(['Counterfoil.AppImage']);
  });

  it('in a folder that cannot be written is a failure in words', () => {
    const refused = (code: string) => folderProblem(Object.assign(new Error(code), { code }));
    expect(['EACCES', 'EPERM', 'EROFS'].map((code) => refused(code).code)).toEqual(
      Array(3).fill('update-program-read-only'),
    );
    expect(refused('ENOSPC')).toEqual({ code: 'update-disk-full' });
  });
});
