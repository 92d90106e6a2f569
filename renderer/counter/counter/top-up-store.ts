import { createStore } from 'zustand/vanilla';
import type { Approval, Entry, Result, Till } from '../../../preload/contract/index.ts';
import { createLookUps } from './look-ups.ts';
import type { ReadAmount } from './paid.ts';
import { createFormReader, type Form, type ReadForm } from './read-form.ts';
import { type Blocker, requestFor, rulesOf, type SeenGets, type ShopAsks, type Typed } from './top-up.ts';
import {
  emptyForm,
  type FocusPlace,
  initialForm,
  isAnythingTyped,
  isBegun,
  isHeld,
  isReceivable,
  type Store,
  type TopUpPorts,
  type TopUpState,
  turnTo,
  withoutMember,
} from './top-up-state.ts';

export type { TopUpPorts, TopUpState } from './top-up-state.ts';

export type EditableField = keyof Typed;

/** Where the next key gives what is missing. */
function placeOf({ kind }: Blocker): FocusPlace | null {
  switch (kind) {
    case 'no-member':
      return 'member';
    case 'amount':
    case 'nothing-to-add':
      return 'amount';
    case 'no-tender':
      return 'tender';
    case 'given':
    case 'given-too-little':
      return 'given';
    default:
      return null;
  }
}

/**
 * One call at a time. `again` confirms `asked-twice`. With an `approval` it repeats the last request; on failure the
 * form keeps its message. Null if nothing was requested.
 */
function confirmation(
  { getState, setState }: Store,
  ports: TopUpPorts,
  read: (form: Form) => ReadForm,
  onSaved: (entry: Entry, scannedNext: string | null) => void,
) {
  let isAgain = false;
  return async (again = false, approval?: Approval): Promise<Result<Entry> | null> => {
    const state = getState();
    if (state.sending) return null;
    const { insteadOf } = state;
    const { topUp: wish } = read(state);
    if (!wish.ok) {
      // Enter in the amount goes on to the tender.
      if (wish.error.kind === 'no-tender') setState(turnTo({ getState }, 'tender'));
      return null;
    }
    if (approval === undefined) isAgain = again;
    const request = requestFor(state.unanswered, wish.value, ports.newId);
    setState({ sending: true, failure: null, unanswered: request, scannedNext: null });
    const reply = await ports.create({
      requestId: request.requestId,
      ...request.topUp,
      ...(isAgain ? { again: true } : {}),
      ...(insteadOf?.customerUid === wish.value.customerUid ? { insteadOf: insteadOf.id } : {}),
      ...(approval === undefined ? {} : { approval }),
    });
    if (reply.ok) onSaved(reply.value, getState().scannedNext);
    else {
      const failure = approval === undefined ? reply.error : state.failure;
      setState({ sending: false, failure, scannedNext: null });
    }
    return reply;
  };
}

export function createTopUpStore(ports: TopUpPorts, readAmount?: ReadAmount) {
  const read = createFormReader(readAmount);
  const store = createStore<TopUpState>(() => initialForm);
  const { getState, setState } = store;
  const { choose, lookUp, abandon } = createLookUps(store, ports);

  /** Ready for the next member; the last saved entry stays. */
  const begin = (saved: Entry | null = getState().saved) => {
    abandon();
    setState({ ...emptyForm, sending: false, unanswered: null, saved, ...turnTo(store, 'member') });
  };

  /** Another member: what was typed is gone with the one before. */
  const typeOver = (memberText: string) => {
    abandon();
    const none = {
      looking: 'no',
      lookupError: null,
      choices: null,
      failure: null,
      insteadOf: null,
    } as const;
    setState({ ...withoutMember(getState()), memberText, ...none });
  };

  const typeMember = (memberText: string) => {
    if (!getState().sending) typeOver(memberText);
  };

  /** A scan replaces the member; during a confirmation it waits. */
  const scan = async (code: string): Promise<void> => {
    if (getState().sending) return setState({ scannedNext: code });
    typeOver(code);
    await lookUp();
  };

  const onSaved = (entry: Entry, scannedNext: string | null) => {
    begin(entry);
    if (scannedNext !== null) void scan(scannedNext);
  };

  const confirm = confirmation(store, ports, read, onSaved);

  return {
    store,
    /** The form as read. */
    read: (form: Form = getState()): ReadForm => read(form),
    typeMember,
    lookUp,
    scan,
    choose: (member: Parameters<typeof choose>[0]) => {
      choose(member);
      if (getState().member?.status === 'active') setState(turnTo(store, 'amount'));
    },
    dismissChoices: () => setState({ choices: null, ...turnTo(store, 'member') }),
    focusMember: () => setState(turnTo(store, 'member')),
    focusGiven: () => setState(turnTo(store, 'given')),
    focusTender: () => setState(turnTo(store, 'tender')),

    /** Focus for keys meant for nothing else: a begun top-up's amount, else the member. */
    focusHome: () => setState(turnTo(store, isBegun(getState()) ? 'amount' : 'member')),

    /** “There is no network” is said no longer than that is so. */
    backOnline: () => {
      if (getState().lookupError?.code === 'member-unknown-offline') setState({ lookupError: null });
    },

    edit: (field: EditableField, text: string) => {
      if (!isHeld(getState())) setState({ [field]: text, failure: null });
    },

    /** Chooses a tender and moves on: to the sum that is missing, to the cash received, or to the button. */
    pay: (tender: string) => {
      if (isHeld(getState())) return;
      const next = tender === 'cash' && isReceivable(getState()) ? 'given' : 'confirm';
      setState({ tender, failure: null, ...turnTo(store, isAnythingTyped(getState()) ? next : 'amount') });
    },

    /** The same by an arrow key: stays with the tenders, but for cash. */
    chooseWay: (tender: string) => {
      if (isHeld(getState())) return;
      const next = tender === 'cash' && isReceivable(getState()) ? 'given' : 'tender';
      setState({ tender, failure: null, ...turnTo(store, next) });
    },

    clear: () => {
      if (!getState().sending) begin();
    },

    /** Another till: clears everything, the last saved entry too. */
    leave: () => begin(null),

    /** Puts a refused entry on the form again. */
    enterAgain: async ({ id, memberNumber, customerUid }: Entry, amounts: Typed): Promise<void> => {
      if (getState().sending) return;
      begin();
      typeMember(memberNumber);
      setState({ last: { customerUid, amounts }, insteadOf: { id, customerUid } });
      await lookUp();
    },

    /** The ticket of an entry that was saved elsewhere, as a reversal. */
    showSaved: (saved: Entry): void => setState({ saved }),

    /** Keeps the last state of the saved entry when it leaves the list. */
    keepSaved: (before: readonly Entry[], now: readonly Entry[]): void => {
      const isSaved = ({ id }: Entry) => id === getState().saved?.id;
      const known = now.some(isSaved) ? undefined : before.find(isSaved);
      if (known !== undefined) setState({ saved: known });
    },

    setTill: (till: Till): void => setState({ rules: rulesOf(till) }),

    /** The rules changed: earlier gets no longer count. */
    setShop: (shop: ShopAsks) => setState({ shop }),

    /** Main's answer on what a top-up gets. */
    see: (seen: SeenGets) => setState({ seen }),

    dismissFailure: () => setState({ failure: null }),

    /** A press on the button that cannot book yet looks the member up, or moves the ring to what is missing. */
    ask: (): void => {
      const state = getState();
      const wish = read(state).topUp;
      if (wish.ok || state.sending) return;
      if (wish.error.kind === 'not-looked-up') return void lookUp();
      const place = placeOf(wish.error);
      if (place !== null) setState(turnTo(store, place));
    },

    /** Refreshes the card from this till's data, without a call. */
    refreshCard: async (): Promise<void> => {
      const uid = getState().member?.customerUid;
      if (uid === undefined) return;
      const reply = await ports.card({ customerUid: uid });
      if (reply.ok && getState().member?.customerUid === uid) setState({ member: reply.value });
    },

    confirm,
  };
}
