import 'reflect-metadata';
import { runService } from '@orion/service';
import { notification } from './notification.service';

void runService(notification);
