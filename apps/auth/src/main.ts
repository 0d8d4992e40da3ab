import { runService } from '@orion/service';
import { auth } from './auth.service';

void runService(auth);
