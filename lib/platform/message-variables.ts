import { applePushUrl, emailFrom, googlePushUrl } from './messages';
import type { Platform } from './platform';

/** A variable of whoever sends messages: a text, or a value of the part that the cloud fills in. */
export type MessageVariable = {
  /** What its name has after the part's. */
  readonly words: readonly string[];
} & ({ readonly text: string | number } | { readonly field: string });

/**
 * What somebody receives who sends a part's messages: from whom, to where, and as whom of a cloud.
 *
 * @param authentication How the cloud knows who sends, by which it is told, too, whose interface is spoken.
 */
export function messageVariables(
  platform: Pick<Platform, 'messages' | 'stage'>,
  name: string,
  authentication: string,
): readonly MessageVariable[] {
  const { email, push, sms } = platform.messages[name] ?? {};
  return [
    ...(email === undefined && sms === undefined ? [] : [{ words: ['AUTH'], text: authentication }]),
    ...(email === undefined
      ? []
      : [
          { words: ['EMAIL_FROM'], text: emailFrom(platform, email) },
          { words: ['EMAIL_ENDPOINT'], field: 'emailEndpoint' },
          { words: ['EMAIL_TIMEOUT_MILLISECONDS'], text: email.timeoutMilliseconds },
        ]),
    ...(sms === undefined
      ? []
      : [
          { words: ['SMS_ENDPOINT'], field: 'smsEndpoint' },
          { words: ['SMS_TAG'], field: 'smsTag' },
          { words: ['SMS_TIMEOUT_MILLISECONDS'], text: sms.timeoutMilliseconds },
          ...Object.keys(sms.countries).map((country) => ({
            words: ['SMS_FROM', country],
            field: `smsFrom/${country}`,
          })),
        ]),
    ...(push?.apple === undefined
      ? []
      : [
          { words: ['PUSH_APPLE_URL'], text: applePushUrl },
          { words: ['PUSH_APPLE_TOPIC'], text: push.apple.topic },
        ]),
    ...(push?.google === undefined ? [] : [{ words: ['PUSH_GOOGLE_URL'], text: googlePushUrl(push.google.project) }]),
    ...(push === undefined ? [] : [{ words: ['PUSH_TIMEOUT_MILLISECONDS'], text: push.timeoutMilliseconds }]),
  ];
}
