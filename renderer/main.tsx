import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { listenForTouch } from './kit/touch.ts';
import { speak } from './shared/i18n.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
listenForTouch();
// Before anything is read. A language that cannot be had leaves English.
const begin = () => createRoot(root).render(<App />);
speak(navigator.language).then(begin, begin);
