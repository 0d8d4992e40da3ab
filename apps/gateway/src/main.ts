import 'reflect-metadata';
import { runService } from '@orion/service';
import { gateway } from './gateway.service';

void runService(gateway);
