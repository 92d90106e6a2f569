import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAskedAgain } from '../../../preload/contract/app/values.ts';
import type {
  AppError,
  Approval,
  GuardedAct,
  ManagersAct,
  People,
  Person,
} from '../../../preload/contract/index.ts';
import { isolated } from '../../kit/isolated.ts';
import { useTopic } from '../../shared/topics.ts';
import { useView } from '../../shared/view.ts';
import { NameTiles } from './name-tiles.tsx';
import { PinForgotten } from './pin-forgotten.tsx';
import { usePin } from './use-pin.tsx';

/** What a manager's act brings along: a person's PIN, that of the till where nobody is set up, or nothing. */
export type Proof = string | Approval | undefined;

type Manager = Pick<Person, 'id' | 'name'>;

export interface ProofProps {
  /** The shop may let its cashiers do this, or keep them from it. */
  readonly act?: GuardedAct;
  /** As main's table has it: some acts ask for the PIN again. */
  readonly again?: ManagersAct | undefined;
  /** Brings people in again, so that the till's own PIN serves as well. */
  readonly isRecovery?: boolean;
  /** Who may where no till is open, and so nothing tells who is set up. */
  readonly managers?: readonly Manager[];
  /** What the field is called where it is no person's PIN. */
  readonly tillLabel?: string;
  /** The till's recovery code is asked for in place of its PIN. */
  readonly isCode?: boolean;
  /** Anybody's act, for which the shop may want a cashier to have a manager beside them. */
  readonly isOnlyCashiers?: boolean;
}

/** In place of a person: the PIN of the till itself. */
const TILL = 'till';

const isManagerThere = ({ list, signedIn }: People): boolean =>
  list.some(({ id, role }) => id === signedIn && role === 'manager');

const isCashierThere = ({ list, signedIn }: People): boolean =>
  list.some(({ id, role }) => id === signedIn && role !== 'manager');

/** Whoever has a PIN here; all where nobody has, and the till's own does not serve. */
function managersOf(list: People['list'], isRecovery: boolean): readonly Manager[] {
  const all = list.filter(({ role }) => role === 'manager');
  const able = all.filter(({ needsPin }) => !needsPin);
  return able.length > 0 || isRecovery ? able : all;
}

/** Whether a PIN is asked for, as main will. */
function isWanted(
  { act, again, isOnlyCashiers = false }: ProofProps,
  people: People | null,
  isUnlocked: boolean,
) {
  const isAgain = isAskedAgain(again ?? null);
  const answer =
    people !== null && act !== undefined && isCashierThere(people) && people.permissions.acts[act];
  if (isOnlyCashiers) return answer === 'approve' || (isAgain && people !== null && isManagerThere(people));
  // Where the shop lets its cashiers do it alone, or not at all, nobody's PIN helps.
  return (isAgain || !isUnlocked) && answer !== 'allow' && answer !== 'deny';
}

/** The PIN that a manager's act asks for, and whose it is. */
export function useProof(props: ProofProps) {
  const { isRecovery = false, isCode = false, tillLabel } = props;
  const { t } = useTranslation();
  const people = useTopic('people');
  const isUnlocked = useTopic('managerUnlockedUntilMs', (untilMs) => untilMs !== null);
  const dialog = useView((state) => state.dialog);
  const pin = usePin();
  const managers: readonly Manager[] = props.managers ?? managersOf(people?.list ?? [], isRecovery);
  const first = managers.find(({ id }) => id === people?.signedIn) ?? managers[0];
  const [chosen, choose] = useState(first?.id ?? TILL);
  // Main says so where there is more to it than the page knows.
  const [isNeeded, need] = useState(false);
  const isAsked = isNeeded || isWanted(props, people, isUnlocked);
  const ofTill = { id: TILL, name: t('people.tillPin') };
  const names = [
    ...managers.map(({ id, name }) => ({ id, name, said: t('people.roles.manager') })),
    ...(isRecovery || managers.length === 0 ? [ofTill] : []),
  ];
  // Whoever was chosen may have been taken out meanwhile.
  const at = Math.max(
    0,
    names.findIndex(({ id }) => id === chosen),
  );
  const person = managers[at];
  const chooseOne = (id: string) => {
    choose(id);
    pin.again();
  };
  const isForgettingPersons = dialog?.kind === 'people' && dialog.act.kind === 'forgotten';
  return {
    isAsked,
    now: (): Proof => {
      if (!isAsked) return undefined;
      return person === undefined ? pin.pin : { person: person.id, pin: pin.pin };
    },
    /** Whether it can be tried: nothing is asked for, or something was typed. */
    check: (): boolean => !isAsked || pin.check(),
    /** From the field before: true where nothing is left to be typed. */
    goOn: (): boolean => !isAsked || pin.goOn(),
    onFailure: (error: AppError) => {
      if (error.code === 'approval-needed' || error.code === 'manager-locked') need(true);
      pin.onFailure(error);
    },
    forgotten:
      isAsked && (person === undefined || (props.managers === undefined && !isForgettingPersons)) ? (
        <PinForgotten isPersons={person !== undefined} />
      ) : undefined,
    /** Whose it may be; nothing where there is but the till's own. */
    names: isAsked && managers.length > 0 && (
      <NameTiles
        label={t('people.manager')}
        names={names}
        chosen={names[at]?.id ?? TILL}
        onChoose={chooseOne}
      />
    ),
    pad: (onEnter: () => void, takesFocus: boolean, isBusy = false): ReactNode =>
      isAsked
        ? pin.pad({
            onEnter,
            takesFocus,
            isBusy,
            isCode,
            label: person === undefined ? tillLabel : t('people.pinOf', { name: isolated(person.name) }),
            onStep: (by) => {
              const next = names[at + by];
              if (next !== undefined) chooseOne(next.id);
            },
          })
        : undefined,
  };
}
