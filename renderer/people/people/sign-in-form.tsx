import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, People } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { isolated } from '../../kit/isolated.ts';
import { till } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { NameTiles, PinForgotten, usePin } from '../manager/index.ts';
import { nextPerson } from './next-person.ts';

interface Props {
  readonly title: string;
  readonly lead: string;
  /** Over everything, until somebody is there. */
  readonly covers?: boolean;
  /** Only a manager helps. */
  readonly isManagers?: boolean;
  readonly onDone: () => void;
  readonly onClose?: () => void;
  readonly before?: ReactNode;
  readonly children: ReactNode;
}

/** A name and its PIN, by keyboard or finger. */
export function SignInForm(props: Props) {
  const {
    title,
    lead,
    covers = false,
    isManagers = false,
    onDone,
    onClose = onDone,
    before,
    children,
  } = props;
  const { t } = useTranslation();
  const people = usePeople();
  const { signedIn } = people;
  const list = people.list.filter(({ role }) => !isManagers || role === 'manager');
  const [chosen, choose] = useState(() => nextPerson({ ...people, list }));
  const pin = usePin();
  // Whoever was chosen may have been taken out meanwhile.
  const at = Math.max(
    0,
    list.findIndex(({ id }) => id === chosen),
  );
  const person = list[at];
  const { submit, isWorking, error, forget } = useSubmit<unknown>(
    async () =>
      person === undefined
        ? { ok: false, error: { code: 'person-not-found' } satisfies AppError }
        : till.peopleSignIn({ person: person.id, pin: pin.pin, atDesk: isManagers }),
    onDone,
    pin.onFailure,
  );
  // A manager has given one since.
  const isGiven = error?.code === 'person-pin-lost' && person?.needsPin === false;
  const trySubmit = () => {
    forget();
    if (pin.check()) submit();
  };
  const chooseOne = (id: string) => {
    choose(id);
    forget();
    pin.again();
  };
  const said = ({ id, role, needsPin }: People['list'][number]) => {
    if (needsPin) return t('people.needsPin');
    return id === signedIn ? t('people.hereNow') : t(`people.roles.${role}`);
  };
  return (
    <DialogFrame
      title={title}
      lead={lead}
      covers={covers}
      canClose={!covers}
      onClose={onClose}
      aside={pin.pad({
        onEnter: trySubmit,
        takesFocus: true,
        isBusy: isWorking,
        // No button says so here.
        suffix: isWorking ? t('manager.working') : undefined,
        label: t('people.pinOf', { name: isolated(person?.name ?? '') }),
        onStep: (by) => {
          const next = list[at + by];
          if (next !== undefined) chooseOne(next.id);
        },
      })}
      foot={
        <>
          {error !== null && !isGiven && <ErrorNote>{errorText(t, error)}</ErrorNote>}
          <Answers>
            {before}
            <PinForgotten isPersons />
            {children}
          </Answers>
        </>
      }
    >
      <NameTiles
        label={t('people.name')}
        names={list.map((one) => ({ id: one.id, name: one.name, said: said(one) }))}
        chosen={person?.id ?? ''}
        onChoose={chooseOne}
      />
    </DialogFrame>
  );
}

/** Only below what is shown while people are set up. */
const usePeople = (): People =>
  useTopic('people', (people) => {
    if (people === null) throw new Error('nobody is set up');
    return people;
  });
