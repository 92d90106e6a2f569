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

/** What the form needs from outside. */
export interface TopUpPorts {
  readonly create: (
    args: TopUp & { requestId: string; again?: boolean; approval?: Approval },
  ) => Promise<Result<Entry>>;
  readonly find: (args: {
    query: string;
  }) => Promise<Result<{ members: MemberCard[]; isForPicker: boolean; stillAsking: string | null }>>;
  /** KYBIO's own answer to a look-up that was answered from what the till has kept. */
  readonly answer: (args: {
    lookUp: string;
  }) => Promise<Result<{ members: MemberCard[]; isForPicker: boolean }>>;
  readonly card: (args: { customerUid: string }) => Promise<Result<MemberCard>>;
  readonly newId: () => string;
  /** Calls `action` once after `delayMs`; the returned function forgets it. */
  readonly after: (delayMs: number, action: () => void) => () => void;
}

/** How long a look-up has been under way, in steps that a person is told. */
export type Looking = 'no' | 'quiet' | 'told' | 'slow';

/** Where on the form the focus is sent. */
export type FocusPlace = 'member' | 'amount' | 'tender' | 'given' | 'confirm';

export interface TopUpState extends Form {
  readonly looking: Looking;
  readonly lookupError: AppError | null;
  /** Several members for one look-up, or one of whom nobody is sure: a person chooses. */
  readonly choices: readonly MemberCard[] | null;
  /** The member who was on this form before, and what was typed for that one: nobody else gets it. */
  readonly last: { readonly customerUid: string; readonly amounts: Typed } | null;
  /** For whom the sums on this form were typed, where that is not the one who is on it: typed away by hand. */
  readonly typedFor: MemberCard | null;
  /** It was entered a short while ago, and once is right: what stands here is nobody else's. */
  readonly isOnce: boolean;
  /** Nobody can have read yet for whom the amounts, which stood there already, are. */
  readonly isUnread: boolean;
  readonly sending: boolean;
  /** A card that was scanned while a top-up was being written down: looked up right after. */
  readonly scannedNext: string | null;
  readonly failure: AppError | null;
  /** The last wish whose outcome is not known to be a success. */
  readonly unanswered: TopUpRequest | null;
  /** What was committed last, until the next is; the list tells how it fares. */
  readonly saved: Entry | null;
  /** Grows when the focus should go to the member field, or on to what comes next. */
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
  typedFor: null,
  isOnce: false,
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

/**
 * The member leaves the form, and what was typed for that one goes along; so does what was typed while somebody was
 * looked up who never came.
 */
export function withoutMember(state: TopUpState): Partial<TopUpState> {
  const whose = state.typedFor ?? state.member;
  if (whose === null) return state.looking === 'no' ? {} : nothingTyped;
  const last = { customerUid: whose.customerUid, amounts: typedOf(state) };
  return { ...nothingTyped, member: null, typedFor: null, last };
}

/** The member is typed away by hand: nobody is topped up, and nothing that was typed goes. */
export const typedAway = (state: TopUpState): Partial<TopUpState> => {
  const { member, typedFor, isOnce } = state;
  if (member === null) return {};
  if (isOnce) return { ...withoutMember(state), isOnce: false };
  return { member: null, typedFor: typedFor ?? (isAnythingTyped(state) ? member : null) };
};

/** Whose sums these are that another member has come to; null where they are the member's own, or nobody's yet. */
export const carriedFrom = ({ member, typedFor }: TopUpState): MemberCard | null =>
  member === null || typedFor?.customerUid === member.customerUid ? null : typedFor;

/** A sum that is typed anew is for whom the form shows, once no other is left from before. */
export const stillTypedFor = (state: TopUpState, field: keyof Typed): MemberCard | null =>
  sums.every((sum) => sum !== field) || sums.some((sum) => sum !== field && state[sum].trim() !== '')
    ? state.typedFor
    : null;

/** Somebody is being topped up: what a person types past the fields must not take that off the form. */
export const isBegun = (state: TopUpState): boolean =>
  state.member?.status === 'active' && (isAnythingTyped(state) || state.tender !== '');

/** Whoever looks at the form would miss something of it. A way to pay or a reason that is chosen is none by itself. */
export function isAnythingThere(state: TopUpState): boolean {
  const { tender: _, reason: __, givenText: ___, ...texts } = typedOf(state);
  const isTyped = [state.memberText, ...Object.values(texts)].some((text) => text.trim() !== '');
  return state.member !== null || state.choices !== null || state.sending || isTyped;
}

export const isAnythingTyped = (
  amounts: Pick<Typed, 'amountText' | 'pointsText' | 'purchaseText'>,
): boolean => sums.some((sum) => amounts[sum].trim() !== '');
