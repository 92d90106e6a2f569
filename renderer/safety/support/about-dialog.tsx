import { useTranslation } from 'react-i18next';
import type { About } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Facts } from '../../kit/facts.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import { ReadText } from './read-text.tsx';

const askAbout = () => bridge.supportAbout({});

function AboutFacts({ about }: { readonly about: About }) {
  const { t } = useTranslation();
  return (
    <>
      <Facts
        facts={[
          [t('about.version'), about.version],
          [t('about.runtime'), about.runtime.join(' · ')],
          [t('about.system'), about.system],
          [t('about.dataFolder'), about.dataFolder],
        ]}
      />
      <p>{t('about.text')}</p>
      {about.licences === null ? (
        <p>{t('about.noLicences')}</p>
      ) : (
        <ReadText label={t('about.licences')}>{about.licences}</ReadText>
      )}
    </>
  );
}

export function AboutDialog() {
  const { t } = useTranslation();
  const { value, failure } = useQuery(askAbout);
  return (
    <DialogFrame title={t('about.title')} wide onClose={view.close}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {value !== null && <AboutFacts about={value} />}
    </DialogFrame>
  );
}
