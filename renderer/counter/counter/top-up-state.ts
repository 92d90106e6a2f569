import type { StoreApi } from 'zustand/vanilla';
import type { AppError, Approval, Entry, MemberCard, Result } from '../../../preload/contract/index.ts';
import type { Place } from './places.ts';
import type { Form } from './read-form.ts';
import {
  noRules,
  noTill,
  nothingTyped,
  type TopUp,
  type TopUpRequest,
  type Typed,
  typedOf,
} from './top-up.ts';

export interface TopUpPorts {
  readonly create: (
    args: TopUp & { requestId: string; again?: boolean; insteadOf?: string; approval?: Approval },
  ) => Promise<Result<Entry>>;
  readonly find: (args: {
    query: string;
  }) => Promise<Result<{ members: MemberCard[]; isForPicker: boolean; stillAsking: string | null }>>;
  /** KYBIO's pending answer to a look-up. */
  readonly answer: (args: {
    lookUp: string;
  }) => Promise<Result<{ members: MemberCard[]; isForPicker: boolean }>>;
  readonly card: (args: { customerUid: string }) => Promise<Result<MemberCard>>;
  readonly newId: () => string;
  /** Calls `action` once after `delayMs`; the returned function cancels it. */
  readonly after: (delayMs: number, action: () => void) => () => void;
}

/** How far a look-up is, in steps that are shown. */
export type Looking = 'no' | 'quiet' | 'told' | 'slow';

type FocusPlace = 'member' | 'amount' | 'tender' | 'given' | 'confirm';

/** A form that a scan, or *Clear*, took away before it was confirmed. */
interface Dropped {
  readonly member: MemberCard | null;
  readonly memberText: string;
  readonly typedFor: MemberCard | null;
  readonly typed: Typed;
  readonly unanswered: TopUpRequest | null;
}

export interface TopUpState extends Form {
  readonly looking: Looking;
  readonly lookupError: AppError | null;
  /** Several members, or an uncertain one: a person picks. */
  readonly choices: readonly MemberCard[] | null;
  /** The previous member, and what was typed for them: nobody else gets it. */
  readonly last: { readonly customerUid: string; readonly amounts: Typed } | null;
  /** The refused entry that is entered again: for its own member, until another is typed or scanned. */
  readonly insteadOf: Pick<Entry, 'id' | 'customerUid'> | null;
  /** For whom the sums were typed, if that member was since replaced by hand. */
  readonly typedFor: MemberCard | null;
  /** Brought back by *Undo*, until the form after it is saved. */
  readonly dropped: Dropped | null;
  /** The question of a repetition was answered with no. */
  readonly isOnce: boolean;
  /** What a press on the button found missing; `turn` grows with each press. */
  readonly asked: { readonly at: Place; readonly turn: number } | null;
  /** The member has just appeared beside existing sums: nobody can have read it yet. */
  readonly isUnread: boolean;
  readonly sending: boolean;
  /** A card scanned during a confirmation: looked up after it. */
  readonly scannedNext: string | null;
  readonly failure: AppError | null;
  /** The last request not known to have succeeded. */
  readonly unanswered: TopUpRequest | null;
  /** The last committed entry. */
  readonly saved: Entry | null;
  /** `turn` grows with each request to move the focus. */
  readonly focus: { readonly to: FocusPlace | null; readonly turn: number };
}

const emptyFields = { memberText: '', member: null, ...nothingTyped };

export const emptyForm = {
  ...emptyFields,
  looking: 'no',
  lookupError: null,
  choices: null,
  failure: null,
  last: null,
  insteadOf: null,
  typedFor: null,
  dropped: null,
  isOnce: false,
  asked: null,
  isUnread: false,
  scannedNext: null,
} as const;

export const initialForm: TopUpState = {
  ...emptyForm,
  shop: noRules,
  rules: noTill,
  seen: null,
  sending: false,
  unanswered: null,
  saved: null,
  focus: { to: 'member', turn: 0 },
};

export type Store = StoreApi<TopUpState>;

export const turnTo = (store: Pick<Store, 'getState'>, to: FocusPlace): Pick<TopUpState, 'focus'> => ({
  focus: { to, turn: store.getState().focus.turn + 1 },
});

const sums = ['amountText', 'pointsText', 'purchaseText'] as const;

/** Removes the member with what was typed for them, or during a look-up that found nobody. */
export function withoutMember(state: TopUpState): Partial<TopUpState> {
  const whose = state.typedFor ?? state.member;
  if (whose === null) return state.looking === 'no' ? {} : nothingTyped;
  const last = { customerUid: whose.customerUid, amounts: typedOf(state) };
  return { ...nothingTyped, member: null, typedFor: null, last };
}

/** What *Clear* takes off the form; an older one as long as nothing was typed since. */
export function clearedBy(state: TopUpState): Dropped | null {
  const { member, memberText, typedFor, unanswered } = state;
  if (!(isAnythingTyped(state) || state.noteText.trim() !== '')) return state.dropped;
  return { member, memberText, typedFor, typed: typedOf(state), unanswered };
}

/** What a scan takes off it with `withoutMember`; nothing that was cleared before, which its line would hide. */
export function droppedBy(state: TopUpState): Dropped | null {
  if (!isAnythingThere(state)) return null;
  const isKept = (state.typedFor ?? state.member) === null && state.looking === 'no';
  return isKept ? state.dropped : clearedBy(state);
}

/** The member was replaced by hand: typed sums stay. */
export const typedAway = (state: TopUpState): Partial<TopUpState> => {
  const { member, typedFor } = state;
  if (member === null) return {};
  return { member: null, typedFor: typedFor ?? (isAnythingTyped(state) ? member : null) };
};

/** The member whose sums another member got; null if the sums are the member's own. */
export const carriedFrom = ({ member, typedFor }: TopUpState): MemberCard | null =>
  member === null || typedFor?.customerUid === member.customerUid ? null : typedFor;

/** It is being sent, or a question about it is open, which a stray key must not answer. */
export const isHeld = ({ sending, failure }: Pick<TopUpState, 'sending' | 'failure'>): boolean =>
  sending || failure?.code === 'asked-twice';

/** A sum typed again is for the shown member, once no older one is left. */
export const stillTypedFor = (state: TopUpState, field: keyof Typed): MemberCard | null =>
  sums.every((sum) => sum !== field) || sums.some((sum) => sum !== field && state[sum].trim() !== '')
    ? state.typedFor
    : null;

/** There is an amount that cash is received for, or some was. */
export const isReceivable = ({ amountText, givenText }: Pick<Typed, 'amountText' | 'givenText'>): boolean =>
  `${amountText}${givenText}`.trim() !== '';

/** A top-up has begun: keys typed outside the fields must not replace it. */
export const isBegun = (state: TopUpState): boolean =>
  state.member?.status === 'active' && (isAnythingTyped(state) || state.tender !== '');

/** Whether anything would be lost; a chosen tender or reason alone is nothing. */
export function isAnythingThere(state: TopUpState): boolean {
  const { tender: _, reason: __, givenText: ___, ...texts } = typedOf(state);
  const isTyped = [state.memberText, ...Object.values(texts)].some((text) => text.trim() !== '');
  return state.member !== null || state.choices !== null || state.sending || isTyped;
}

export const isAnythingTyped = (
  amounts: Pick<Typed, 'amountText' | 'pointsText' | 'purchaseText'>,
): boolean => sums.some((sum) => amounts[sum].trim() !== '');
