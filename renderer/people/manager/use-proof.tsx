import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, Approval, GuardedAct, People, Person } from '../../../preload/contract/index.ts';
import { isolated } from '../../kit/isolated.ts';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { useTopic } from '../../shared/topics.ts';
import { usePin } from './use-pin.tsx';

/** What a manager's act brings along: a person's PIN, that of the till where nobody is set up, or nothing. */
export type Proof = string | Approval | undefined;

type Manager = Pick<Person, 'id' | 'name'>;

interface Props {
  readonly act?: GuardedAct;
  readonly isRecovery?: boolean;
  /** Also while a manager has unlocked the till: it is somebody else's act. */
  readonly isAlways?: boolean;
  /** Who may where no till is open, and so nothing tells who is set up. */
  readonly managers?: readonly Manager[];
  /** What the box is called where it is no person's PIN. */
  readonly tillLabel?: string;
  /** Anybody's act, for which the shop may want a cashier to have a manager beside them. */
  readonly isOnlyCashiers?: boolean;
}

/** In place of a person: the PIN of the till itself. */
const TILL = 'till';

/** Whether the shop lets its cashiers do this alone, or not at all: then nobody's PIN is asked for. */
function isDecided({ list, signedIn, permissions }: People, act: GuardedAct | undefined): boolean {
  const isNoManager = list.some(({ id, role }) => id === signedIn && role !== 'manager');
  return isNoManager && act !== undefined && permissions.acts[act] !== 'approve';
}

/** Whether whoever is there is a cashier who does this with a manager's PIN. */
const isApproved = ({ list, signedIn, permissions }: People, act: GuardedAct): boolean =>
  list.some(({ id, role }) => id === signedIn && role !== 'manager') && permissions.acts[act] === 'approve';

/** The PIN that a manager's act asks for, and whose it is. */
export function useProof(props: Props) {
  const { act, isRecovery = false, isAlways = false, isOnlyCashiers = false } = props;
  const { t } = useTranslation();
  const people = useTopic('people');
  const isUnlocked = useTopic('managerUnlockedUntilMs', (untilMs) => untilMs !== null);
  const pin = usePin();
  const managers: readonly Manager[] =
    props.managers ?? (people?.list ?? []).filter(({ role }) => role === 'manager');
  const first = managers.find(({ id }) => id === people?.signedIn) ?? managers[0];
  const [chosen, choose] = useState(first?.id ?? TILL);
  // Main says so where there is more to it than the permission.
  const [isNeeded, need] = useState(false);
  const asks = () =>
    isOnlyCashiers
      ? people !== null && act !== undefined && isApproved(people, act)
      : (isAlways || !isUnlocked) && (people === null || !isDecided(people, act));
  const isAsked = isNeeded || asks();
  const ids = [...managers.map(({ id }) => id), ...(isRecovery || managers.length === 0 ? [TILL] : [])];
  // Whoever was chosen may have been taken out meanwhile.
  const person = managers.find(({ id }) => id === chosen) ?? (ids.includes(chosen) ? undefined : managers[0]);
  const nameOf = (id: string) => managers.find((one) => one.id === id)?.name ?? t('people.tillPin');
  return {
    now: (): Proof => {
      if (!isAsked) return undefined;
      return person === undefined ? pin.pin : { person: person.id, pin: pin.pin };
    },
    onFailure: (error: AppError) => {
      if (error.code === 'approval-needed') need(true);
      pin.onFailure(error);
    },
    /** Whether it is the PIN of the till itself that is asked for. */
    isTills: isAsked && person === undefined,
    box: (onEnter: () => void, takesFocus: boolean) =>
      isAsked && (
        <>
          {ids.length > 1 && (
            <RadioChoice
              label={t('people.manager')}
              name="approver"
              values={ids}
              chosen={person?.id ?? TILL}
              onChoose={choose}
              say={(id) => <bdi>{nameOf(id)}</bdi>}
            />
          )}
          {pin.box(
            onEnter,
            takesFocus,
            person === undefined ? props.tillLabel : t('people.pinOf', { name: isolated(person.name) }),
          )}
        </>
      ),
  };
}
