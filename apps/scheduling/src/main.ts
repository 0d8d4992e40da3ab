import { runService } from '@orion/service';
import { scheduling } from './scheduling.service';

void runService(scheduling);
