import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, People } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { till } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { usePin } from '../manager/index.ts';
import { nextPerson } from './next-person.ts';
import styles from './people.module.css';

const c = classNames(styles);

interface Props {
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

const openForgotten = () => view.open({ kind: 'people', act: { kind: 'forgotten' } });

/** A name and its PIN, by keyboard or finger. */
export function SignInForm({ onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const people = usePeople();
  const [chosen, choose] = useState(() => nextPerson(people));
  const { pin, setPin, ref, onFailure, box } = usePin();
  // Whoever was chosen may have been taken out meanwhile.
  const person = people.list.find(({ id }) => id === chosen) ?? people.list[0];
  const { submit, isWorking, error } = useSubmit<unknown>(
    async () =>
      person === undefined
        ? { ok: false, error: { code: 'person-not-found' } satisfies AppError }
        : till.peopleSignIn({ person: person.id, pin }),
    onDone,
    onFailure,
  );
  const chooseOne = (id: string) => {
    choose(id);
    setPin('');
    ref.current?.focus();
  };
  return (
    <>
      {person !== undefined && (
        <RadioChoice
          label={t('people.name')}
          isTiled
          name="person"
          values={people.list.map(({ id }) => id)}
          chosen={person.id}
          onChoose={chooseOne}
          say={(id) => (
            <bdi className={c('name')}>{people.list.find((one) => one.id === id)?.name ?? ''}</bdi>
          )}
        />
      )}
      {box(submit, true, t('people.pinOf', { name: isolated(person?.name ?? '') }))}
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <Answers>
        <Button look="primary" onPress={submit}>
          {isWorking ? t('manager.working') : t('people.signIn')}
        </Button>
        {onCancel !== undefined && <Button onPress={onCancel}>{t('common.cancel')}</Button>}
        <Button look="ghost" onPress={openForgotten}>
          {t('people.forgotten')}
        </Button>
      </Answers>
    </>
  );
}

/** Only below what is shown while people are set up. */
const usePeople = (): People =>
  useTopic('people', (people) => {
    if (people === null) throw new Error('nobody is set up');
    return people;
  });
