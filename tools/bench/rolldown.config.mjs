import { service } from '../build/service.mjs';

export default service(import.meta.url);
