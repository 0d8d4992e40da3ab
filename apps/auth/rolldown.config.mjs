import { service } from '../../tools/build/service.mjs';

export default service(import.meta.url, { 'hashing.thread': 'src/accounts/hashing.thread.mts' });
