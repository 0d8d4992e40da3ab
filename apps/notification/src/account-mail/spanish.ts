import type { AccountWording } from './account-wording';

export const spanish: AccountWording = {
  dear: (name) => `Hola, ${name}:`,
  closing: 'Este mensaje fue enviado por Orion.',
  notYou: 'Si no ha sido usted, cambie la contraseña de inmediato: alguien la conoce.',
  facts: { device: 'Dispositivo', address: 'Dirección de red', at: 'Cuándo' },
  mails: {
    'verify-email': {
      subject: 'Confirme su dirección de correo',
      body: 'Confirme que esta dirección es suya. El enlace sirve una vez, durante dos días. Si no ha creado una cuenta, ignore este mensaje.',
      action: 'Confirmar la dirección',
    },
    'reset-password': {
      subject: 'Elija otra contraseña',
      body: 'Alguien, esperamos que usted, ha olvidado la contraseña de su cuenta. El enlace sirve una vez, durante una hora. Si no ha sido usted, ignore este mensaje: su contraseña sigue igual.',
      action: 'Elegir otra contraseña',
    },
    'change-email-old': {
      subject: 'Autorice otra dirección de correo',
      body: 'Su cuenta va a tener la dirección {newEmail}. El cambio se hace cuando lo confirmen esta dirección y la nueva. Si no lo desea, no siga el enlace y cambie la contraseña.',
      action: 'Autorizar el cambio',
    },
    'change-email-new': {
      subject: 'Confirme su nueva dirección de correo',
      body: 'Confirme que esta dirección es suya. Su cuenta la tendrá cuando también confirme la antigua. Si no lo ha pedido, ignore este mensaje.',
      action: 'Confirmar la nueva dirección',
    },
    'password-changed': {
      subject: 'Su contraseña ha cambiado',
      body: 'Se ha cambiado la contraseña de su cuenta y se han cerrado sus demás sesiones.',
    },
    'email-changed': {
      subject: 'Su dirección de correo ha cambiado',
      body: 'Desde ahora inicia sesión con {newEmail}. Se han cerrado todas las sesiones.',
    },
    'new-device': {
      subject: 'Inicio de sesión en un dispositivo nuevo',
      body: 'Alguien ha iniciado sesión en su cuenta desde un dispositivo que no conocíamos.',
    },
  },
};
