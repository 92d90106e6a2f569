import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportCommand, verifyCommand } from '../../../main/app/commands.ts';
import { createHandlers } from '../../../main/app/handlers.ts';
import { hostProtocol } from '../../../main/app/host-protocol.ts';
import { createDispatch } from '../../../main/app/ipc/dispatch.ts';
import { createPusher } from '../../../main/app/ipc/pusher.ts';
import {
  accountProblem,
  configureLive,
  isLiveConfigured,
  liveConfig,
} from '../../../main/app/live-account.ts';
import { createFileLogger } from '../../../main/app/log/logger.ts';
import { openLiveSession, openPracticeSession } from '../../../main/app/open-session.ts';
import { createTill, type Till } from '../../../main/app/till.ts';
import type { PracticeStore } from '../../../main/hosts/practice/types.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createVault } from '../../../main/people/credentials/vault.ts';
import type { Changes, ChannelName, Topics } from '../../../preload/contract/index.ts';
import { realClock } from '../../kit/practice-store.ts';
import { supportOf } from '../../kit/support.ts';
import { keyring, random, temporaryFolder } from '../../people/credentials/support.ts';

export interface Reply {
  readonly ok: boolean;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string };
}

export interface LiveTill {
  readonly folder: string;
  /** As the page would: through the dispatcher, to the handlers, and back through the schemas. */
  call(channel: ChannelName | string, args: unknown): Promise<Reply>;
  /** Resolves once the topics that were pushed say so. */
  until(holds: (topics: Partial<Topics>) => boolean): Promise<void>;
  /** Everything that got out, each place as one text. */
  heard(): Readonly<Record<'log' | 'replies' | 'pushes', string>>;
  /** Both exports and the verification. */
  exported(): Promise<string>;
  stop(): Promise<void>;
}

const origin = 'counterfoil://app';

/** The program without a window: real files, real log, real sockets, a sealing keyring, a page that listens. */
export async function openLiveTill(): Promise<LiveTill> {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const log = createFileLogger({ folder: join(folder, 'logs') });
  const secrets = keyring(randomBytes(32));
  const own = createVault({ folder: liveFolder(folder), secrets, random });
  const world = {
    folder,
    headCopyFolder: join(folder, 'copy'),
    clock: realClock,
    random: { ...random, unit: () => 0 },
    vault: own,
    logger: log,
  };
  const replies: string[] = [];
  const pushes: string[] = [];
  const listeners = new Set<() => void>();
  let shown: Partial<Topics> = {};
  const page = {
    isDestroyed: () => false,
    send: (_channel: string, changes: Changes) => {
      pushes.push(JSON.stringify(changes));
      shown = { ...shown, ...changes.topics };
      for (const listener of [...listeners]) listener();
    },
  };
  const changed: Till['changed'] = (...topics) => opened.changed(...topics);
  const opened: Till = createTill({
    ...world,
    onChanges: createPusher({ contents: () => page, logger: log }),
    open: {
      live: () => openLiveSession({ ...world, changed }),
      practice: () => openPracticeSession({ ...world, changed }, 'Asia/Singapore'),
      accountProblem: (config) => accountProblem(folder, config),
      isLiveConfigured: () => isLiveConfigured(folder),
      liveConfig: () => liveConfig(folder),
      configureLive: (config) => configureLive(folder, config),
    },
  });
  await opened.start();
  const dispatched = createDispatch({
    handlers: createHandlers(
      {
        till: opened,
        door: { answer: () => undefined },
        protocol: hostProtocol,
        ...{ clock: realClock, logger: log },
      },
      [supportOf(world, opened)],
    ),
    allowedOrigin: origin,
    logger: log,
    random,
  });
  return {
    folder,
    call: async (channel, args) => {
      const reply = await dispatched({ channel, args }, { isTillWindow: true, isMainFrame: true, origin });
      replies.push(JSON.stringify(reply));
      return reply as Reply;
    },
    until: (holds) =>
      new Promise((resolve) => {
        const listen = () => {
          if (!holds(shown)) return;
          listeners.delete(listen);
          resolve();
        };
        listeners.add(listen);
        listen();
      }),
    heard: () => ({
      log: readdirSync(join(folder, 'logs'))
        .map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
        .join('\n'),
      replies: replies.join('\n'),
      pushes: pushes.join('\n'),
    }),
    exported: async () => {
      const parts = {
        file: databaseFile(liveFolder(folder)),
        clock: realClock,
        random,
        protocol: hostProtocol,
      };
      const files = ['all.csv', 'all.jsonl'].map((name) => join(folder, name));
      for (const file of files) exportCommand(parts, file);
      const loaded = await own.load();
      const key = loaded.state === 'present' ? loaded.secrets.appKey : null;
      const texts = files.map((file) => readFileSync(file, 'utf8'));
      return [...texts, JSON.stringify(verifyCommand(parts, key))].join('\n');
    },
    stop: () => opened.stop(0),
  };
}

/** Every secret that a store and its till have between them, by its kind. */
export function secretsOf(store: PracticeStore, typed: Readonly<Record<string, string>>) {
  const calls = store.calls();
  const real = (texts: readonly (string | undefined)[]) =>
    texts.filter((text): text is string => text !== undefined && text !== '');
  return {
    'the appKey': [store.appKey],
    'a signature': real(calls.map(({ headers }) => headers['data-signature'])),
    'a body': real(calls.map(({ body }) => body)),
    'a phone': real(store.members().map(({ phone }) => phone)),
    ...Object.fromEntries(Object.entries(typed).map(([kind, text]) => [kind, [text]])),
  } satisfies Record<string, readonly string[]>;
}

/** Whether a text stands there, also as JSON or CSV would write it; digits only by themselves. */
export function isIn(text: string, secret: string): boolean {
  if (/^\d+$/.test(secret)) return new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text);
  const forms = [secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll('"', '""')];
  return forms.some((form) => text.toLowerCase().includes(form.toLowerCase()));
}
