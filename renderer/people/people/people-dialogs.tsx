import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages, personRoles } from '../../../preload/contract/app/values.ts';
import type { AppError, Person, PersonRole } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { isolated } from '../../kit/isolated.ts';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { till } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import type { PeopleAct } from '../../shared/view-store.ts';
import { PinDialog, useNewPin } from '../manager/index.ts';
import { nextPerson } from './next-person.ts';
import { SignInForm } from './sign-in-form.tsx';

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
        <TextBox label={t('people.name')} value={name} onChange={setName} takesFocus />
        <RadioChoice
          label={t('people.role')}
          name="role"
          values={isFirst ? (['manager'] as const) : personRoles}
          chosen={role}
          onChoose={setRole}
          say={(value) => t(`people.roles.${value}`)}
        />
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

/** A PIN that is too easy is typed anew, and is about the new one, not the manager's. */
const isWeak = ({ code }: AppError) => code === 'manager-pin-weak';

function AddDialog() {
  const { t } = useTranslation();
  const version = useVersion();
  const { values, fields } = useParticulars(null);
  const newPin = useNewPin();
  const isFirst = useTopic('people', (people) => people === null);
  return (
    <PinDialog
      title={t('people.addTitle')}
      lead={t('people.addLead')}
      action={t('people.add')}
      takesFocus={false}
      again="people:add"
      isRecovery
      {...(isFirst ? { tillLabel: t('people.tillPinFirst') } : {})}
      check={newPin.check}
      send={(pin) => till.peopleAdd({ version, ...values, newPin: newPin.pin, pin })}
      onFailure={(error) => {
        if (isWeak(error)) newPin.onFailure(error);
        return false;
      }}
    >
      {fields}
      {newPin.fields({ label: t('people.newPin'), takesFocus: false, onEnter: () => undefined })}
    </PinDialog>
  );
}

function ChangeDialog({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const version = useVersion();
  const { values, fields } = useParticulars(person);
  return (
    <PinDialog
      title={t('people.changeTitle', { name: isolated(person.name) })}
      lead={t('people.changeLead')}
      action={t('people.keep')}
      takesFocus={false}
      isRecovery
      send={(pin) => till.peopleChange({ version, id: person.id, ...values, pin })}
    >
      {fields}
    </PinDialog>
  );
}

/** For somebody, or for whoever cannot come in: then it is chosen who. */
function GivePinDialog({ person }: { readonly person: Person | null }) {
  const { t } = useTranslation();
  const people = useTopic('people');
  const newPin = useNewPin();
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
      check={newPin.check}
      send={(pin) => till.peopleGivePin({ id, newPin: newPin.pin, pin })}
      onFailure={(error) => {
        if (isWeak(error)) newPin.onFailure(error);
        return false;
      }}
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
      {newPin.fields({ label: t('people.newPin'), takesFocus: true, onEnter: () => undefined })}
    </PinDialog>
  );
}

function RemoveDialog({ person }: { readonly person: Person }) {
  const { t } = useTranslation();
  const version = useVersion();
  return (
    <PinDialog
      title={t('people.removeTitle', { name: isolated(person.name) })}
      lead={t('people.removeLead')}
      action={t('people.remove')}
      isRecovery
      send={(pin) => till.peopleRemove({ version, id: person.id, pin })}
    />
  );
}

function PermissionsDialog({ version, permissions }: Extract<PeopleAct, { readonly kind: 'permissions' }>) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('people.permissionsTitle')}
      lead={t('people.permissionsLead')}
      action={t('people.keep')}
      isRecovery
      send={(pin) => till.peopleSetPermissions({ version, permissions, pin })}
    />
  );
}

/** What a manager does with the people at the till. */
export function PeopleDialog({ act }: { readonly act: PeopleAct }) {
  switch (act.kind) {
    case 'add':
      return <AddDialog />;
    case 'change':
      return <ChangeDialog person={act.person} />;
    case 'give-pin':
      return <GivePinDialog person={act.person} />;
    case 'forgotten':
      return <GivePinDialog person={null} />;
    case 'remove':
      return <RemoveDialog person={act.person} />;
    case 'permissions':
      return <PermissionsDialog {...act} />;
  }
}

const lock = () => {
  view.close();
  void till.peopleLock({});
};

/** Somebody else goes on at the till; what is on the form stays, and the next entry carries their name. */
export function SignInDialog() {
  const { t } = useTranslation();
  return (
    <SignInForm
      title={t('people.switchTitle')}
      lead={t('people.switchLead')}
      onDone={view.close}
      before={<Button onPress={view.close}>{t('common.cancel')}</Button>}
    >
      <Button look="ghost" onPress={lock}>
        {t('people.lock')}
      </Button>
    </SignInForm>
  );
}
