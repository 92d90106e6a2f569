import { type KnownWords, kybio, kybioThatSays, type WordsCategory } from '../hosts/kybio/index.ts';
import type { HostProtocol } from '../hosts/port/index.ts';
import { refusals } from '../hosts/practice/index.ts';

/** The only place that chooses the host. */
export const hostProtocol: HostProtocol = kybio;

const origin = { whole: true, source: 'the practice store itself', date: '2026-12-03' } as const;
const ownReplies = (Object.entries(refusals) as [WordsCategory, readonly string[]][]).flatMap(
  ([category, replies]) => replies.map((reply): KnownWords => ({ category, words: [reply], ...origin })),
);

/** The practice store, whose replies are its own; KYBIO's refusals are documented nowhere. */
export const practiceProtocol: HostProtocol = kybioThatSays(ownReplies);

/** Plain http is taken of this computer alone (`checkHost`), where only a practice store answers. */
export const protocolOf = (baseUrl: string): HostProtocol =>
  baseUrl.startsWith('http:') ? practiceProtocol : hostProtocol;
