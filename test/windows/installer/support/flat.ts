// The program as electron-builder's own installer puts it there: in the root itself, with a key of its own.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { programOf } from './build.ts';
import type { Counter } from './counter.ts';
import { builderKey, uninstallKey, writeValues } from './known.ts';

export async function giveFlat(counter: Counter): Promise<void> {
  counter.clear();
  cpSync(programOf('0.1.0'), counter.root, { recursive: true });
  const others = [
    'Uninstall Counterfoil.exe',
    'uninstallerIcon.ico',
    'LICENSES.chromium.html',
    'LICENSE.electron.txt',
  ];
  for (const name of others) writeFileSync(join(counter.root, name), name);
  mkdirSync(counter.updater, { recursive: true });
  writeFileSync(join(counter.updater, 'installer.exe'), 'a whole installer');
  const told = {
    DisplayName: 'Counterfoil 0.1.0',
    DisplayVersion: '0.1.0',
    UninstallString: '"Uninstall Counterfoil.exe" /currentuser',
    QuietUninstallString: '"Uninstall Counterfoil.exe" /currentuser /S',
    HelpLink: 'https://counterfoil.example',
    EstimatedSize: '300000',
  };
  await writeValues(counter, { [uninstallKey]: told, [builderKey]: { InstallLocation: counter.root } });
}
