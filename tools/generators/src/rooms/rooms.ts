import { generateFiles, type Tree } from '@nx/devkit';
import { join } from 'node:path';
import { addImport } from '../edit/imports';
import { addProperty } from '../edit/list';
import { roomsFile } from '../house/apps';
import { edit } from '../house/files';

/** Gives a service's tests their rooms and the walk through them, where they have none yet. */
function ensureRooms(tree: Tree, service: string): void {
  if (tree.exists(roomsFile(service))) return;
  const files = join(__dirname, 'files');
  generateFiles(tree, join(files, 'test'), `apps/${service}/test`, { service });
  generateFiles(tree, join(files, 'support'), `apps/${service}/test/support`, { service });
}

interface Room {
  /** Segment of the path before `:id`. */
  room: string;
  /** Constant of the contract that creates a row from a name. */
  create: string;
}

/** Tells a service's tests how to make a row of a room. */
export function addRoom(tree: Tree, service: string, { room, create }: Room): void {
  ensureRooms(tree, service);
  const make = `async (service) => {
    const admin = testAdmin();
    const { id } = await service.call(${create}, { body: { name: 'One' } }, { as: admin });
    return { id, admin };
  }`;
  edit(tree, roomsFile(service), (text) => {
    const imported = addImport(addImport(text, '@orion/contracts', create), '@orion/testing', 'testAdmin');
    return addProperty(imported, 'ROOMS', [room, make], { sorted: true });
  });
}

/** Tells a service's tests what an endpoint has to be sent beside the id. */
export const addInput = (tree: Tree, service: string, endpoint: string, input: string): void =>
  edit(tree, roomsFile(service), (text) => addProperty(text, 'INPUTS', [endpoint, input], { sorted: true }));
