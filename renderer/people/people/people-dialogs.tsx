import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages, personRoles } from '../../../preload/contract/app/values.ts';
import type { Person, PersonRole } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { till } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { useView, view } from '../../shared/view.ts';
import type { PeopleAct } from '../../shared/view-store.ts';
import { PinDialog, useNewPin } from '../manager/index.ts';
import { nextPerson } from './next-person.ts';
import styles from './people.module.css';
import { SignInForm } from './sign-in-form.tsx';

const c = classNames(styles);
const AS_TILL = 'as-till';
const spoken = [AS_TILL, ...languages] as const;

const useVersion = (): number => useTopic('people', (people) => people?.version ?? 0);

/** Name, role and language as they are typed. */
function useParticulars(person: Person | null) {
  const { t } = useTranslation();
  const isFirst = useTopic('people', (people) => people === null);
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<PersonRole>(person?.role ?? (isFirst ? 'manager' : 'cashier'));
  const [language, setLanguage] = useState<(typeof spoken)[number]>(person?.language ?? AS_TILL);
  return {
    values: { name, role, language: language === AS_TILL ? null : language },
    fields: (
      <>
        <div className={c('who')}>
          <TextBox label={t('people.name')} value={name} onChange={setName} takesFocus />
          <RadioChoice
            label={t('people.role')}
            name="role"
            values={isFirst ? (['manager'] as const) : personRoles}
            chosen={role}
            onChoose={setRole}
            say={(value) => t(`people.roles.${value}`)}
          />
        </div>
        <RadioChoice
          label={t('people.language')}
          name="language"
          values={spoken}
          chosen={language}
          onChoose={setLanguage}
          say={(value) =>
            value === AS_TILL ? t('people.asTill') : <span lang={value}>{languageNames[value]}</span>
          }
        />
      </>
    ),
  };
}

interface Props {
  readonly onDone: () => void;
}

interface PersonProps extends Props {
  readonly person: Person;
}

function AddDialog({ onDone }: Props) {
  const { t } = useTranslation();
  const version = useVersion();
  const { values, fields } = useParticulars(null);
  const newPin = useNewPin(t('people.newPin'), false);
  const isFirst = useTopic('people', (people) => people === null);
  return (
    <PinDialog
      title={t('people.addTitle')}
      lead={t('people.addLead')}
      action={t('people.add')}
      takesFocus={false}
      again="people:add"
      hasEnter
      isRecovery
      {...(isFirst ? { tillLabel: t('people.tillPinFirst') } : {})}
      newPin={newPin}
      onDone={onDone}
      send={(pin) => till.peopleAdd({ version, ...values, newPin: newPin.pin, pin })}
    >
      {fields}
    </PinDialog>
  );
}

function ChangeDialog({ person, onDone }: PersonProps) {
  const { t } = useTranslation();
  const version = useVersion();
  const { values, fields } = useParticulars(person);
  return (
    <PinDialog
      title={t('people.changeTitle', { name: isolated(person.name) })}
      lead={t('people.changeLead')}
      action={t('people.keep')}
      takesFocus={false}
      again={`people:change ${values.role}`}
      hasEnter
      isRecovery
      onDone={onDone}
      send={(pin) => till.peopleChange({ version, id: person.id, ...values, pin })}
    >
      {fields}
      <div className={c('acts')}>
        <Button onPress={() => view.open({ kind: 'people', act: { kind: 'give-pin', person }, onDone })}>
          {t('people.givePin')}
        </Button>
        <Button
          look="danger"
          onPress={() => view.open({ kind: 'people', act: { kind: 'remove', person }, onDone })}
        >
          {t('people.remove')}
        </Button>
      </div>
    </PinDialog>
  );
}

/** For somebody, or for whoever cannot come in: then it is chosen who. */
function GivePinDialog({ person, onDone }: Props & { readonly person: Person | null }) {
  const { t } = useTranslation();
  const people = useTopic('people');
  const newPin = useNewPin(t('people.newPin'), true);
  const [chosen, choose] = useState(
    person?.id ?? (people === null ? null : nextPerson({ ...people, signedIn: null })),
  );
  const list = people?.list ?? [];
  const id = chosen ?? '';
  return (
    <PinDialog
      title={
        person === null
          ? t('people.forgottenTitle')
          : t('people.givePinTitle', { name: isolated(person.name) })
      }
      lead={t(person === null ? 'people.forgottenLead' : 'people.givePinLead')}
      action={t('people.givePin')}
      takesFocus={false}
      again="people:givePin"
      isRecovery
      tillLabel={t('people.tillPin')}
      newPin={newPin}
      onDone={onDone}
      send={(pin) => till.peopleGivePin({ id, newPin: newPin.pin, pin })}
    >
      {person === null && (
        <RadioChoice
          label={t('people.whose')}
          name="whose"
          values={list.map((one) => one.id)}
          chosen={id}
          onChoose={choose}
          say={(each) => <bdi>{list.find((one) => one.id === each)?.name ?? ''}</bdi>}
        />
      )}
    </PinDialog>
  );
}

function RemoveDialog({ person, onDone }: PersonProps) {
  const { t } = useTranslation();
  const version = useVersion();
  const dialog = useView((state) => state.dialog);
  return (
    <PinDialog
      title={t('people.removeTitle', { name: isolated(person.name) })}
      lead={t('people.removeLead')}
      action={t('people.remove')}
      isDanger
      isRecovery
      onDone={onDone}
      send={(pin) => till.peopleRemove({ version, id: person.id, pin })}
    >
      {person.role === 'manager' && (
        <>
          <p>{t('people.knowsTillPin')}</p>
          <Answers>
            <Button onPress={() => view.open({ kind: 'recover', next: dialog })}>
              {t('people.changeTillPin')}
            </Button>
          </Answers>
        </>
      )}
    </PinDialog>
  );
}

/** What a manager does with the people at the till. */
export function PeopleDialog({
  act,
  onDone = () => undefined,
}: Partial<Props> & { readonly act: PeopleAct }) {
  switch (act.kind) {
    case 'add':
      return <AddDialog onDone={onDone} />;
    case 'change':
      return <ChangeDialog person={act.person} onDone={onDone} />;
    case 'give-pin':
      return <GivePinDialog person={act.person} onDone={onDone} />;
    case 'forgotten':
      return <GivePinDialog person={null} onDone={onDone} />;
    case 'remove':
      return <RemoveDialog person={act.person} onDone={onDone} />;
  }
}

const lock = () => {
  view.close();
  void till.peopleLock({});
};

/** Somebody else goes on at the till; what is on the form stays, and the next entry carries their name. */
export function SignInDialog({ onManager }: { readonly onManager: (() => void) | undefined }) {
  const { t } = useTranslation();
  const isManagers = onManager !== undefined;
  return (
    <SignInForm
      title={t(isManagers ? 'people.deskTitle' : 'people.switchTitle')}
      lead={t('people.switchLead')}
      isManagers={isManagers}
      onDone={onManager ?? view.close}
      onClose={view.close}
      before={<Button onPress={view.close}>{t('common.cancel')}</Button>}
    >
      <Button look="ghost" onPress={lock}>
        {t('people.lock')}
      </Button>
    </SignInForm>
  );
}
