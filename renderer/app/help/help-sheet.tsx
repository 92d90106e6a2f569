import { use, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../../preload/contract/app/values.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Press } from '../../kit/press.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { isLocked, topics } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { type Book, books, type Page } from './book.ts';
import styles from './help.module.css';
import { PageText } from './markdown.tsx';
import { type PageName, pageOf, pagesFor, readers } from './pages.ts';
import { searchBook } from './search.ts';

const c = classNames(styles);

function pageNow(): PageName | null {
  const { screen, dialog } = view.store.getState();
  return pageOf({
    screen,
    dialog: dialog?.kind ?? null,
    isLocked: isLocked(),
    isBroken: topics.now('mode') === 'broken',
  });
}

/** For whoever helps; what a dialog under the handbook holds is not lost for it. */
const canReport = () => !isLocked() && view.store.getState().dialog === null;

type OnPage = (name: PageName) => void;

/** Focuses new content, so that a screen reader starts there and keys scroll it. */
function useFocused<T extends HTMLElement>(what: unknown) {
  const ref = useRef<T>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs again for each page that is opened.
  useEffect(() => ref.current?.focus(), [what]);
  return ref;
}

function Article({ page, onPage }: { readonly page: Page; readonly onPage: OnPage }) {
  const { t, i18n } = useTranslation();
  const headRef = useFocused<HTMLHeadingElement>(page.name);
  const isOther = page.language !== languageOf(i18n.language);
  return (
    <article lang={page.language} className={c('article')}>
      <h3 ref={headRef} tabIndex={-1} className={c('title')}>
        {page.title}
      </h3>
      {isOther && (
        <p lang={i18n.language} className={c('quiet')}>
          {t('help.onlyEnglish')}
        </p>
      )}
      <PageText tokens={page.tokens} onPage={onPage} />
    </article>
  );
}

function PageRow({ page, line, onPage }: { page: Page; line?: string | null; onPage: OnPage }) {
  return (
    <li>
      <Press className={c('row')} onPress={() => onPage(page.name)}>
        <span lang={page.language} className={c('rowTitle')}>
          {page.title}
        </span>
        {line != null && (
          <span lang={page.language} className={c('quiet')}>
            {line}
          </span>
        )}
      </Press>
    </li>
  );
}

function AllPages({ book, onPage }: { readonly book: Book; readonly onPage: OnPage }) {
  const { t } = useTranslation();
  const headRef = useFocused<HTMLHeadingElement>('all');
  return (
    <div className={c('groups')}>
      <h3 ref={headRef} tabIndex={-1} className={c('title')}>
        {t('help.all')}
      </h3>
      {readers.map((reader) => (
        <section key={reader} aria-labelledby={`help-${reader}`}>
          <h4 id={`help-${reader}`} className={c('heading')}>
            {t(`help.readers.${reader}`)}
          </h4>
          <ul className={c('rows')}>
            {pagesFor[reader].flatMap((name) => {
              const page = book.get(name);
              return page === undefined ? [] : <PageRow key={name} page={page} onPage={onPage} />;
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

function FoundPages({ book, query, onPage }: { book: Book; query: string; onPage: OnPage }) {
  const { t } = useTranslation();
  const found = searchBook(book, query);
  return (
    <div className={c('groups')}>
      <p role="status" className={c('quiet')}>
        {found.length === 0 ? t('help.none') : t('help.found', { count: found.length })}
      </p>
      <ul className={c('rows')}>
        {found.map(({ page, line }) => (
          <PageRow key={page.name} page={page} line={line} onPage={onPage} />
        ))}
      </ul>
    </div>
  );
}

/** The reader's history; null is the table of contents. */
function useWay() {
  const [way, setWay] = useState<readonly (PageName | null)[]>(() => [pageNow()]);
  const [query, setQuery] = useState('');
  const go = (place: PageName | null) => {
    setQuery('');
    setWay((before) => (before.at(-1) === place ? before : [...before, place]));
  };
  const back = () => (query === '' ? setWay((before) => before.slice(0, -1)) : setQuery(''));
  return { place: way.at(-1) ?? null, canGoBack: way.length > 1 || query !== '', query, setQuery, go, back };
}

export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { place, canGoBack, query, setQuery, go, back } = useWay();
  const bringing = books[languageOf(i18n.language) ?? 'en'];
  const book = bringing.now() ?? use(bringing.load());
  const page = place === null ? undefined : book.get(place);
  const isSearching = query.trim() !== '';
  const openFirst = () => {
    const [first] = searchBook(book, query);
    if (first !== undefined) go(first.page.name);
  };
  return (
    <DialogFrame title={t('help.title')} side onClose={onClose}>
      <div className={c('tools')}>
        <TextBox
          label={t('help.search')}
          value={query}
          onChange={setQuery}
          placeholder={t('help.searchHint')}
          onEnter={openFirst}
        />
        <div className={c('ways')}>
          <Button look="ghost" isDisabled={!canGoBack} onPress={back}>
            {t('common.back')}
          </Button>
          <Button look="ghost" isDisabled={place === null && !isSearching} onPress={() => go(null)}>
            {t('help.all')}
          </Button>
          {canReport() && (
            <Button
              look="ghost"
              onPress={() => {
                onClose();
                view.open({ kind: 'diagnostics' });
              }}
            >
              {t('help.report')}
            </Button>
          )}
        </div>
      </div>
      {isSearching && <FoundPages book={book} query={query} onPage={go} />}
      {!isSearching && page !== undefined && <Article page={page} onPage={go} />}
      {!isSearching && page === undefined && <AllPages book={book} onPage={go} />}
    </DialogFrame>
  );
}
