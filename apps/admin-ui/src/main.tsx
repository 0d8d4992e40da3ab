import './app/theme/styles';
import { createRoot } from 'react-dom/client';
import { createApp } from './app/create-app';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const app = createApp();
void app.restore().then(() => createRoot(root).render(app.element));
