import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { App } from 'electron';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { LoginItem, Random } from '../../kernel/ports.ts';
import { type Autostarted, autostartFile, desktopEntry, isOurEntry } from '../support/autostart.ts';

export interface LoginItemParts {
  readonly app: Pick<App, 'getName' | 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly random: Pick<Random, 'uuid'>;
  /** Arguments that the next start must have, too. */
  readonly args: readonly string[];
  /** Starts instead of this version's own file; null where that stays. */
  readonly launcher: string | null;
}

/** On Windows and macOS. */
export function loginItemOfSystem({ app, args, launcher }: Omit<LoginItemParts, 'random'>): LoginItem {
  const started = { args: [...args], ...(launcher === null ? {} : { path: launcher }) };
  return {
    isOn: () => app.getLoginItemSettings(started).openAtLogin,
    set: async (isOn) => app.setLoginItemSettings({ openAtLogin: isOn, ...started }),
  };
}

function ofDesktop({ app, random, args }: LoginItemParts): LoginItem {
  const file = autostartFile(process.env, homedir());
  const started = (): Autostarted => ({
    name: app.getName(),
    program: process.env['APPIMAGE'] ?? process.execPath,
    args,
  });
  const isOn = () => existsSync(file) && isOurEntry(readFileSync(file, 'utf8'));
  return {
    isOn,
    set: async (isWanted) => {
      if (!isWanted) {
        if (isOn()) rmSync(file);
        return;
      }
      await mkdir(dirname(file), { recursive: true });
      await writeFileAtomically(file, desktopEntry(started()), random.uuid());
    },
  };
}

export const createLoginItem = (parts: LoginItemParts): LoginItem =>
  process.platform === 'linux' ? ofDesktop(parts) : loginItemOfSystem(parts);
