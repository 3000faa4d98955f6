<?php

declare(strict_types=1);

namespace Backend;

/**
 * A text message that Kommo asks the widget to send.
 * https://www.amocrm.ru/developers/content/integrations/system_sms
 */
final class SystemSms
{
    public function __construct(
        public readonly int $accountId,
        /** The user who sends it; null if the token names none. */
        public readonly ?int $userId,
        public readonly string $text,
        /** As stored in the CRM; documented to be in international form, but do not rely on it. */
        public readonly string $phone,
    ) {
    }

    /** @throws Refusal if there is no text or no phone number */
    public static function from(Fields $fields, Token $token): self
    {
        $text = $fields->text('text');
        $phone = trim($fields->text('phone'));
        if (trim($text) === '') {
            throw Refusal::malformed('no text');
        }
        if (preg_match('/\A\+?[0-9][0-9 ().\/-]{2,38}\z/', $phone) !== 1) {
            throw Refusal::malformed($phone === '' ? 'no phone' : 'phone is not a phone number');
        }

        return new self($token->accountId, $token->userId, $text, $phone);
    }

    /** @param array<string, mixed> $fields from toArray() */
    public static function fromArray(array $fields): self
    {
        return new self($fields['account_id'], $fields['user_id'], $fields['text'], $fields['phone']);
    }

    /** The digits of the number, with the plus sign of the international form if it has one. */
    public function digits(): string
    {
        return (str_starts_with($this->phone, '+') ? '+' : '') . preg_replace('/[^0-9]/', '', $this->phone);
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        return [
            'account_id' => $this->accountId, 'user_id' => $this->userId,
            'text' => $this->text, 'phone' => $this->phone,
        ];
    }
}
