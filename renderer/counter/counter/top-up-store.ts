import { createStore } from 'zustand/vanilla';
import type { Approval, Entry, Result, Till } from '../../../preload/contract/index.ts';
import { createLookUps } from './look-ups.ts';
import type { ReadAmount } from './paid.ts';
import { createFormReader, type Form, type ReadForm } from './read-form.ts';
import { requestFor, rulesOf, type SeenGets, type ShopAsks, type Typed } from './top-up.ts';
import {
  carriedFrom,
  emptyForm,
  initialForm,
  isBegun,
  type Store,
  stillTypedFor,
  type TopUpPorts,
  type TopUpState,
  turnTo,
  typedAway,
  withoutMember,
} from './top-up-state.ts';

export type { TopUpPorts, TopUpState } from './top-up-state.ts';

export type EditableField = keyof Typed;

/**
 * One call for one wish, however often it is asked for while the answer is under way. `again`: the
 * cashier was asked whether the same is meant twice, and it is. With an `approval` what was pressed last is asked for
 * with it; where that fails the form goes on saying what it waits for. Null where nothing was asked for.
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
    if (state.sending || state.isUnread) return null;
    const { topUp: wish } = read(state);
    if (!wish.ok) {
      // Enter in the amount goes on to what is still to be said.
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

  /** Ready for the next member; what was saved last stays in view. */
  const begin = (saved: Entry | null = getState().saved) => {
    abandon();
    setState({ ...emptyForm, sending: false, unanswered: null, saved, ...turnTo(store, 'member') });
  };

  const typeOver = (memberText: string, leaving: (state: TopUpState) => Partial<TopUpState>) => {
    abandon();
    setState({
      ...leaving(getState()),
      memberText,
      looking: 'no',
      lookupError: null,
      choices: null,
      failure: null,
    });
  };

  /** By hand: what was typed beside it stays, and is nobody's until somebody is found. */
  const typeMember = (memberText: string) => {
    if (!getState().sending) typeOver(memberText, typedAway);
  };

  /** A scan replaces whatever member there is; one that comes while a top-up is written down is looked up then. */
  const scan = async (code: string): Promise<void> => {
    if (getState().sending) return setState({ scannedNext: code });
    typeOver(code, withoutMember);
    await lookUp();
  };

  const onSaved = (entry: Entry, scannedNext: string | null) => {
    begin(entry);
    if (scannedNext !== null) void scan(scannedNext);
  };

  const confirm = confirmation(store, ports, read, onSaved);

  return {
    store,
    /** The form as it stands: read once, whoever asks. */
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

    /** Where keys go that are meant for nothing else: what was typed for a member is never typed over by a number. */
    focusHome: () => setState(turnTo(store, isBegun(getState()) ? 'amount' : 'member')),

    edit: (field: EditableField, text: string) => {
      const state = getState();
      if (state.sending) return;
      setState({ [field]: text, failure: null, isOnce: false, typedFor: stillTypedFor(state, field) });
    },

    /** How the member pays; what comes next has the focus then. */
    pay: (tender: string) => {
      if (getState().sending) return;
      setState({ tender, failure: null, ...turnTo(store, tender === 'cash' ? 'given' : 'confirm') });
    },

    /** The same by an arrow: it goes on to what was handed over, and stays with the ways else. */
    chooseWay: (tender: string) => {
      if (getState().sending) return;
      setState({ tender, failure: null, ...turnTo(store, tender === 'cash' ? 'given' : 'tender') });
    },

    clear: () => {
      if (!getState().sending) begin();
    },

    /** Another store's till, or this one anew: nothing goes over, not even what was saved there. */
    leave: () => begin(null),

    /** What was refused stands on the form again, once its member has been looked up. */
    enterAgain: async ({ memberNumber, customerUid }: Entry, amounts: Typed): Promise<void> => {
      if (getState().sending) return;
      begin();
      typeMember(memberNumber);
      setState({ last: { customerUid, amounts } });
      await lookUp();
    },

    /** What was saved last leaves the day's list when the day ends: its ticket goes on saying what was last known of it. */
    keepSaved: (before: readonly Entry[], now: readonly Entry[]): void => {
      const isSaved = ({ id }: Entry) => id === getState().saved?.id;
      const known = now.some(isSaved) ? undefined : before.find(isSaved);
      if (known !== undefined) setState({ saved: known });
    },

    /** The form is a till's, by which its sums are read. */
    setTill: (till: Till): void => setState({ rules: rulesOf(till) }),

    /** The shop's rules are others: what was said of a top-up before does not count for them. */
    setShop: (shop: ShopAsks) => setState({ shop }),

    /** Main has said what a top-up gets. */
    see: (seen: SeenGets) => setState({ seen }),

    /** What failed is put away; the form stays. */
    dismissFailure: () => setState({ failure: null }),

    /** Whether the same is meant twice was asked, and it is not; the form stays. */
    dismissAgain: () => setState({ failure: null, isOnce: true }),

    /** Brings the card up to date with what this till knows now; no call to KYBIO. */
    refreshCard: async (): Promise<void> => {
      const uid = getState().member?.customerUid;
      if (uid === undefined) return;
      const reply = await ports.card({ customerUid: uid });
      if (reply.ok && getState().member?.customerUid === uid) setState({ member: reply.value });
    },

    confirm,

    /** Enter in a field: a sum that was typed for another member goes to the button first, which says whose it is now. */
    enter: async (): Promise<void> => {
      const state = getState();
      if (carriedFrom(state) === null || !read(state).topUp.ok) return void (await confirm());
      if (!state.isUnread) setState(turnTo(store, 'confirm'));
    },
  };
}
