import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type AppError,
  type Entry,
  isZeroAmount,
  type MemberCard,
  type Result,
} from '../../preload/contract/index.ts';
import {
  readTopUp,
  requestFor,
  type TopUp,
  type TopUpFields,
  type TopUpRequest,
  type TopUpRules,
} from '../logic/top-up.ts';

/** What the form needs from outside. */
export interface TopUpPorts {
  readonly create: (args: TopUp & { requestId: string; again?: boolean }) => Promise<Result<Entry>>;
  readonly find: (args: { query: string }) => Promise<Result<{ members: MemberCard[] }>>;
  readonly card: (args: { customerUid: string }) => Promise<Result<MemberCard>>;
  readonly newId: () => string;
}

export interface TopUpState extends TopUpFields {
  readonly looking: boolean;
  readonly lookupError: AppError | null;
  /** Several members for one look-up: a person chooses. */
  readonly choices: readonly MemberCard[] | null;
  /** What the last finished look-up asked for; a scan over it means the next card. */
  readonly lookedUp: string;
  /** The member that was last on this form: what is typed then is meant for that one. */
  readonly lastUid: string | null;
  readonly sending: boolean;
  readonly failure: AppError | null;
  /** The last wish whose outcome is not known to be a success. */
  readonly unanswered: TopUpRequest | null;
  /** What was committed last, until the next member; the snapshot tells how it fares. */
  readonly saved: Entry | null;
  /** Grows when the focus should go to the member field, or on to the amount. */
  readonly focus: { readonly to: 'member' | 'amount' | null; readonly turn: number };
}

const emptyFields: TopUpFields = {
  memberText: '',
  member: null,
  amountText: '',
  pointsText: '',
  noteText: '',
};

const emptyForm = {
  ...emptyFields,
  looking: false,
  lookupError: null,
  choices: null,
  failure: null,
  lookedUp: '',
  lastUid: null,
};

const initial: TopUpState = {
  ...emptyForm,
  sending: false,
  unanswered: null,
  saved: null,
  focus: { to: 'member', turn: 0 },
};

const amountsTyped = (state: TopUpFields) => state.amountText.trim() !== '' || state.pointsText.trim() !== '';

export type EditableField = 'amountText' | 'pointsText' | 'noteText';

type Store = StoreApi<TopUpState>;

const turnTo = (store: Store, to: 'member' | 'amount'): Pick<TopUpState, 'focus'> => ({
  focus: { to, turn: store.getState().focus.turn + 1 },
});

function lookUps(store: Store, ports: TopUpPorts) {
  const { getState, setState } = store;
  // Counts look-ups: an answer to an earlier one is stale.
  let current = 0;

  /** The member is known. Amounts that were typed for another member are not this one's. */
  const choose = (member: MemberCard) => {
    const { lastUid } = getState();
    const keep = lastUid === null || lastUid === member.customerUid;
    setState({
      member,
      lastUid: member.customerUid,
      choices: null,
      lookupError: null,
      failure: null,
      saved: null,
      ...(keep ? {} : { amountText: '', pointsText: '', noteText: '' }),
    });
    // Amounts that stood there already must be read before they are confirmed: the focus stays, so
    // that a scanner which ends in two Enters confirms nothing.
    if (member.status === 'active' && !amountsTyped(getState())) setState(turnTo(store, 'amount'));
  };

  const lookUp = async (): Promise<void> => {
    const { memberText, member, looking, sending } = getState();
    const query = memberText.trim();
    if (query === '' || looking || sending) return;
    if (member !== null) return setState(turnTo(store, 'amount'));
    current += 1;
    const mine = current;
    setState({ looking: true, lookupError: null, choices: null, failure: null });
    const reply = await ports.find({ query });
    if (mine !== current) return;
    setState({ looking: false, lookedUp: query });
    if (!reply.ok) return setState({ lookupError: reply.error });
    const [first, ...others] = reply.value.members;
    if (first === undefined) return setState({ lookupError: { code: 'member-not-found' } });
    if (others.length > 0) return setState({ choices: reply.value.members });
    choose(first);
  };

  const abandon = () => {
    current += 1;
  };

  return { choose, lookUp, abandon };
}

/**
 * One call for one wish, however often it is asked for while the answer is under way. `again`: the
 * cashier was asked whether the same is meant twice, and it is.
 */
function confirmation({ getState, setState }: Store, ports: TopUpPorts, onSaved: (entry: Entry) => void) {
  return async (rules: TopUpRules, again = false): Promise<void> => {
    const state = getState();
    if (state.sending) return;
    const wish = readTopUp(state, rules);
    if (!wish.ok) return;
    const request = requestFor(state.unanswered, wish.value, ports.newId);
    setState({ sending: true, failure: null, unanswered: request });
    const reply = await ports.create({
      requestId: request.requestId,
      ...request.topUp,
      ...(again ? { again } : {}),
    });
    if (reply.ok) onSaved(reply.value);
    else setState({ sending: false, failure: reply.error });
  };
}

export function createTopUpStore(ports: TopUpPorts) {
  const store = createStore<TopUpState>(() => initial);
  const { getState, setState } = store;
  const { choose, lookUp, abandon } = lookUps(store, ports);

  /** Ready for the next member. */
  const begin = (saved: Entry | null) => {
    abandon();
    setState({ ...emptyForm, sending: false, unanswered: null, saved, ...turnTo(store, 'member') });
  };

  const typeMember = (memberText: string) => {
    if (getState().sending) return;
    abandon();
    setState({ memberText, member: null, looking: false, lookupError: null, choices: null, failure: null });
  };

  return {
    store,
    typeMember,
    lookUp,
    choose,
    dismissChoices: () => setState({ choices: null, ...turnTo(store, 'member') }),

    /** A scan replaces whatever member there is. */
    scan: async (digits: string): Promise<void> => {
      if (getState().sending) return;
      typeMember(digits);
      await lookUp();
    },

    edit: (field: EditableField, text: string) => {
      if (!getState().sending) setState({ [field]: text, failure: null });
    },

    clear: () => {
      if (!getState().sending) begin(null);
    },

    /** What was refused stands on the form again, once its member has been looked up. */
    enterAgain: async (entry: Entry): Promise<void> => {
      if (getState().sending) return;
      begin(null);
      typeMember(entry.memberNumber);
      await lookUp();
      if (getState().member?.customerUid !== entry.customerUid) return;
      setState({
        amountText: isZeroAmount(entry.balanceIncrement) ? '' : entry.balanceIncrement,
        pointsText: isZeroAmount(entry.pointIncrement) ? '' : entry.pointIncrement,
        noteText: entry.note,
      });
    },

    /** What failed, or was asked, is put away; the form stays. */
    dismissFailure: () => setState({ failure: null }),

    /** Brings the card up to date with what this till knows now; no call to KYBIO. */
    refreshCard: async (): Promise<void> => {
      const uid = getState().member?.customerUid;
      if (uid === undefined) return;
      const reply = await ports.card({ customerUid: uid });
      if (reply.ok && getState().member?.customerUid === uid) setState({ member: reply.value });
    },

    confirm: confirmation(store, ports, begin),
  };
}
export type TopUpForm = ReturnType<typeof createTopUpStore>;
