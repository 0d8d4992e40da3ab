import type { AccountWording } from './account-wording';

export const polish: AccountWording = {
  dear: (name) => `Dzień dobry, ${name},`,
  closing: 'Tę wiadomość wysłał Orion.',
  notYou: 'Jeśli to nie Ty, natychmiast zmień hasło: ktoś zna Twoje.',
  facts: { device: 'Urządzenie', address: 'Adres sieciowy', at: 'Kiedy' },
  mails: {
    'verify-email': {
      subject: 'Potwierdź swój adres e-mail',
      body: 'Potwierdź, że ten adres należy do Ciebie. Link działa raz, przez dwa dni. Jeśli to nie Ty założyłeś konto, zignoruj tę wiadomość.',
      action: 'Potwierdź adres',
    },
    'reset-password': {
      subject: 'Ustaw inne hasło',
      body: 'Ktoś, mamy nadzieję, że Ty, zapomniał hasła do Twojego konta. Link działa raz, przez godzinę. Jeśli to nie Ty, zignoruj tę wiadomość: hasło się nie zmieni.',
      action: 'Ustaw inne hasło',
    },
    'change-email-old': {
      subject: 'Zezwól na inny adres e-mail',
      body: 'Twoje konto ma otrzymać adres {newEmail}. Zmiana nastąpi, gdy potwierdzą ją ten adres i nowy. Jeśli tego nie chcesz, nie otwieraj linku i zmień hasło.',
      action: 'Zezwól na zmianę',
    },
    'change-email-new': {
      subject: 'Potwierdź nowy adres e-mail',
      body: 'Potwierdź, że ten adres należy do Ciebie. Konto otrzyma go, gdy potwierdzi też stary adres. Jeśli o to nie prosiłeś, zignoruj tę wiadomość.',
      action: 'Potwierdź nowy adres',
    },
    'password-changed': {
      subject: 'Hasło zostało zmienione',
      body: 'Hasło do Twojego konta zostało zmienione, a pozostałe sesje zakończone.',
    },
    'email-changed': {
      subject: 'Adres e-mail został zmieniony',
      body: 'Od teraz logujesz się adresem {newEmail}. Wszystkie sesje zostały zakończone.',
    },
    'new-device': {
      subject: 'Logowanie z nowego urządzenia',
      body: 'Ktoś zalogował się na Twoje konto z urządzenia, którego dotąd nie znaliśmy.',
    },
  },
};
