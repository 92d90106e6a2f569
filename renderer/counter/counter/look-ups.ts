import type { AppError, MemberCard } from '../../../preload/contract/index.ts';
import { receiptCodeShape } from '../../../preload/contract/paper/receipt-code-shape.ts';
import { typedOf } from './top-up.ts';
import { isAnythingTyped, type Store, type TopUpPorts, turnTo, withoutMember } from './top-up-state.ts';

/** After these delays a look-up shows that it is running, and that KYBIO is slow. */
const TELL_AFTER_MS = 200;
const SLOW_AFTER_MS = 4_000;

/** Waits for a confirmation under way; if it fails, the form stays and this still applies. */
const untilWritten = (store: Store): Promise<void> =>
  new Promise((resolve) => {
    if (!store.getState().sending) return resolve();
    const stop = store.subscribe(({ sending }) => {
      if (sending) return;
      stop();
      resolve();
    });
  });

/** Whether KYBIO's answer proves that the shown member is the wrong one. */
const disproves = (error: AppError): boolean =>
  error.code === 'member-not-found' || error.code === 'member-changed';

/**
 * Puts the member for a card number, phone or name on the form. The newest look-up wins. The focus moves on at once,
 * and what is typed meanwhile is for that member.
 */
export function createLookUps(store: Store, ports: TopUpPorts) {
  const { getState, setState } = store;
  // Counts look-ups, to drop stale answers.
  let current = 0;
  let stopTelling: () => void = () => undefined;
  /** KYBIO's own answer about the offered members. */
  let answered: readonly MemberCard[] | null = null;

  const abandon = (): void => {
    current += 1;
    answered = null;
    stopTelling();
  };

  const tellWhileLooking = (): void => {
    let forget = ports.after(TELL_AFTER_MS, () => {
      setState({ looking: 'told' });
      forget = ports.after(SLOW_AFTER_MS - TELL_AFTER_MS, () => setState({ looking: 'slow' }));
    });
    stopTelling = () => forget();
  };

  const take = (member: MemberCard): void => {
    const state = getState();
    const { last } = state;
    const isTheirs = last?.customerUid === member.customerUid && !isAnythingTyped(state);
    const isOpen = member.status === 'active';
    setState({
      ...(isTheirs ? last.amounts : {}),
      member,
      last: null,
      choices: null,
      lookupError: null,
      failure: null,
      // Disabled fields take no focus.
      ...(isOpen ? {} : turnTo(store, 'member')),
    });
  };

  /** The sums when it was asked. */
  let askedWith = '';
  const sumsNow = () => JSON.stringify(typedOf(getState()));

  const fail = (lookupError: AppError): void => {
    const isTyping = isAnythingTyped(getState()) && sumsNow() !== askedWith;
    // Typing in the amount goes on there: the rest must not land in the member field.
    setState({ lookupError, choices: null, ...(isTyping ? {} : turnTo(store, 'member')) });
  };

  /** Takes the picked member, unless KYBIO's answer shows that the card is another's. */
  const choose = (offered: MemberCard): void => {
    const members = answered ?? [offered];
    const member = members.find(({ customerUid }) => customerUid === offered.customerUid);
    if (member === undefined) fail({ code: 'member-changed' });
    else take(member);
  };

  /** Applies KYBIO's answer to a stored member on the form. `isOnlyKept`: the only one, so nobody picked. */
  const takeAnswer = async (lookUp: string, mine: number, isOnlyKept: boolean): Promise<void> => {
    const reply = await ports.answer({ lookUp });
    await untilWritten(store);
    if (mine !== current) return;
    const { member } = getState();
    if (!reply.ok) {
      if (!disproves(reply.error)) return;
      setState(withoutMember(getState()));
      return fail(reply.error);
    }
    answered = reply.value.members;
    if (member === null) return;
    if (isOnlyKept && (reply.value.isForPicker || answered.length > 1)) {
      return setState({ ...withoutMember(getState()), choices: answered, failure: null });
    }
    const now = answered.find(({ customerUid }) => customerUid === member.customerUid);
    if (now !== undefined) {
      setState({ member: now, ...(now.status === 'active' ? {} : turnTo(store, 'member')) });
      return;
    }
    setState(withoutMember(getState()));
    fail({ code: 'member-changed' });
  };

  const lookUp = async (): Promise<void> => {
    const { memberText, member, looking, sending } = getState();
    const query = memberText.trim();
    if (query === '' || looking !== 'no' || sending) return;
    if (member !== null) return setState(turnTo(store, 'amount'));
    abandon();
    // A receipt's code (typed or pasted) is no member.
    if (receiptCodeShape.test(query)) return fail({ code: 'receipt-scanned' });
    const mine = current;
    askedWith = sumsNow();
    setState({
      ...turnTo(store, 'amount'),
      looking: 'quiet',
      lookupError: null,
      choices: null,
      failure: null,
    });
    tellWhileLooking();
    const reply = await ports.find({ query });
    if (mine !== current) return;
    stopTelling();
    setState({ looking: 'no' });
    if (!reply.ok) return fail(reply.error);
    const { members, isForPicker, stillAsking } = reply.value;
    const [first, ...others] = members;
    if (first === undefined) return fail({ code: 'member-not-found' });
    const isPicked = isForPicker || others.length > 0;
    if (isPicked) setState({ choices: members });
    else take(first);
    if (stillAsking !== null) void takeAnswer(stillAsking, mine, !isPicked);
  };

  return { choose, lookUp, abandon };
}
