import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The same files under another folder of the same disk, without copying what is in them. */
export function linkTree(from: string, to: string, leaveOut: ReadonlySet<string>): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (leaveOut.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target, leaveOut);
    else linkSync(source, target);
  }
}
