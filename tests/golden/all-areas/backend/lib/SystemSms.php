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
        /** Who sends it; null where the token names nobody. */
        public readonly ?int $userId,
        public readonly string $text,
        /** As the CRM keeps it: the international form is documented, not promised. */
        public readonly string $phone,
    ) {
    }

    /** @throws Refusal where there is nothing to send, or nobody to send it to */
    public static function from(Fields $fields, Token $token): self
    {
        $text = $fields->text('text');
        $phone = trim($fields->text('phone'));
        if (trim($text) === '') {
            throw Refusal::malformed('no text');
        }
        if (preg_match('/\A\+?[0-9][0-9 ().\/-]{2,38}\z/', $phone) !== 1) {
            throw Refusal::malformed($phone === '' ? 'no phone' : 'phone is not a telephone number');
        }

        return new self($token->accountId, $token->userId, $text, $phone);
    }

    /** @param array<string, mixed> $fields what `toArray` gave */
    public static function fromArray(array $fields): self
    {
        return new self($fields['account_id'], $fields['user_id'], $fields['text'], $fields['phone']);
    }

    /** The number in digits alone, with the plus of the international form where it has one. */
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
