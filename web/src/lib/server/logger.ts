import { createLogger } from '@eduplatform/observability/logger';
import { LOG_LEVEL } from '$app/env/private';

export const logger = createLogger('web', LOG_LEVEL);
