interface Asked {
  publicKey: { challenge: ArrayBuffer; rpId: string; userVerification: string };
}

const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const base64url = (data: ArrayBuffer) => Buffer.from(new Uint8Array(data)).toString('base64url');

/** Gives this browser a device with a passkey, as `navigator.credentials` shows it. */
export class PasskeyDevice {
  /** What the browser was asked to sign. */
  readonly asked: Asked['publicKey'][] = [];
  /** The person closes the dialog. */
  closes = false;

  plugIn(): void {
    const get = (asked: Asked) => this.get(asked);
    Object.defineProperty(navigator, 'credentials', { value: { get }, configurable: true });
    Object.defineProperty(window, 'PublicKeyCredential', { value: class {}, configurable: true });
  }

  unplug(): void {
    Reflect.deleteProperty(navigator, 'credentials');
    Reflect.deleteProperty(window, 'PublicKeyCredential');
  }

  private async get({ publicKey }: Asked) {
    this.asked.push(publicKey);
    if (this.closes) throw new DOMException('The operation was not allowed', 'NotAllowedError');
    const challenge = base64url(publicKey.challenge);
    return {
      id: base64url(bytes('credential')),
      rawId: bytes('credential'),
      type: 'public-key',
      authenticatorAttachment: 'platform',
      getClientExtensionResults: () => ({}),
      response: {
        authenticatorData: bytes('data'),
        clientDataJSON: bytes(JSON.stringify({ type: 'webauthn.get', challenge, origin: 'here' })),
        signature: bytes('signature'),
        userHandle: bytes('ada'),
      },
    };
  }
}
