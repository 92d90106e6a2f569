import type { ChannelReply, Entry } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';

export type TenderChanges = ChannelReply<'entries:tenderChanges'>;

const none: TenderChanges = { ways: [], changes: [] };

/** The tenders that the entry may be changed to, and its earlier changes. */
export function useTenderChanges({ id, state, terms, takenBack, takenBackInPart }: Entry): TenderChanges {
  const shift = useTopic('shift', ({ open }) => `${open?.number} ${open?.stage}`);
  const reversal = `${takenBack?.reference} ${takenBackInPart?.reference}`;
  const when = [id, state, terms.tender, shift, reversal];
  return useQuery(() => bridge.entriesTenderChanges({ id }), when).value ?? none;
}
