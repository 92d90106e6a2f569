import type { StoreApi } from 'zustand/vanilla';
import type { AppError, Approval, Entry, MemberCard, Result } from '../../../preload/contract/index.ts';
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

export type FocusPlace = 'member' | 'amount' | 'tender' | 'given' | 'confirm';

export interface TopUpState extends Form {
  readonly looking: Looking;
  readonly lookupError: AppError | null;
  /** Several members, or an uncertain one: a person picks. */
  readonly choices: readonly MemberCard[] | null;
  /** The previous member, and what was typed for them: nobody else gets it. */
  readonly last: { readonly customerUid: string; readonly amounts: Typed } | null;
  /** The refused entry that is entered again: for its own member, until another is typed or scanned. */
  readonly insteadOf: Pick<Entry, 'id' | 'customerUid'> | null;
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
  const { member, looking } = state;
  if (member === null) return looking === 'no' ? {} : nothingTyped;
  const last = { customerUid: member.customerUid, amounts: typedOf(state) };
  return { ...nothingTyped, member: null, last };
}

/** It is being sent, or a question about it is open, which a stray key must not answer. */
export const isHeld = ({ sending, failure }: Pick<TopUpState, 'sending' | 'failure'>): boolean =>
  sending || failure?.code === 'asked-twice';

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
