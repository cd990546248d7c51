// The storefront's process: `node --import @eduplatform/observability/register server.mjs`, after `npm run build`.
import './server/main.ts';
