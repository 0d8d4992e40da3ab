import { runService } from '@orion/service';
import { user } from './user.service';

void runService(user);
