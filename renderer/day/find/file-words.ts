import type { TFunction } from 'i18next';
import {
  foundHeads,
  foundLines,
  heldHeads,
  matchHeads,
  standardTenders,
} from '../../../preload/contract/app/values.ts';
import type { EntryKind, EntryState, FileWords, MemberStatus } from '../../../preload/contract/index.ts';
import { tenderWords } from '../../kit/tender-words.ts';

const states = [
  'queued',
  'sending',
  'confirmed',
  'unknown',
  'review',
  'rejected',
  'cancelled',
  'reversed',
  'reversing',
] as const satisfies readonly (EntryState | 'reversed' | 'reversing')[];
const kinds = ['top-up', 'award', 'reversal'] as const satisfies readonly EntryKind[];
const piles = ['matched', 'only-ours', 'only-kybio', 'unclear'] as const;

/** `asked` is the line of when each side was asked. */
const heads = { found: foundHeads, match: [...matchHeads, 'asked'] } as const;

/** What main calls the line of all sums. */
const sumLines = { match: 'all', found: 'net' } as const;

interface Where {
  readonly locale: string;
  readonly zone: string;
}

/** What main writes into a file that people read, in the words of this screen. */
export function fileWords(t: TFunction, of: keyof typeof heads, { locale, zone }: Where): FileWords {
  const shared = [
    ...heads[of].map((key) => [key, t(`find.file.${of}.${key}`, { zone })] as const),
    ...states.map((state) => [`state.${state}`, t(`states.${state}`)] as const),
  ];
  const own =
    of === 'match'
      ? [
          ...piles.map((pile) => [`pile.${pile}`, t(`matching.piles.${pile}`)] as const),
          [`pile.${sumLines.match}`, t('find.file.all')] as const,
        ]
      : [
          ...kinds.map((kind) => [`kind.${kind}`, t(`find.file.kinds.${kind}`)] as const),
          ...foundLines.map((line) => [`line.${line}`, t(`figures.lines.${line}`)] as const),
          [`line.${sumLines.found}`, t('find.file.net')] as const,
          ['manager', t('desk.roles.manager')] as const,
          ['sums', t('find.file.sums')] as const,
          ['line', t('figures.line')] as const,
          ['entries', t('figures.entries')] as const,
          ...standardTenders.map((tender) => [`tender.${tender}`, tenderWords(t, tender)] as const),
        ];
  return { locale, say: Object.fromEntries([...shared, ...own]) };
}

const statuses = [
  'active',
  'disabled',
  'deleted',
  'expired',
  'blank',
] as const satisfies readonly MemberStatus[];

/** The words of a file about one member. */
export function heldWords(t: TFunction, where: Where): FileWords {
  const { locale, say } = fileWords(t, 'found', where);
  const own = [
    ...heldHeads.map((key) => [`held.${key}`, t(`find.held.file.${key}`, { zone: where.zone })] as const),
    ...statuses.map((status) => [`status.${status}`, t(`find.held.status.${status}`)] as const),
  ];
  return { locale, say: { ...say, ...Object.fromEntries(own) } };
}
