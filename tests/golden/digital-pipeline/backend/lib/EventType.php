<?php

declare(strict_types=1);

namespace Backend;

/**
 * The type of an event, `event[type]`. https://developers.kommo.com/docs/widgets-dp
 *
 * Constants rather than an enum: the platform may send types that are newer than this list.
 */
final class EventType
{
    /** a lead was created in the stage */
    public const LEAD_ADDED = 1;

    /** a lead was moved to the stage */
    public const LEAD_STATUS_CHANGED = 14;

    /** a lead moves inside an action that spans stages */
    public const LEAD_APPEARED_IN_STATUS = 15;

    /** a mail came in */
    public const MAIL_IN = 16;

    /** a call came in */
    public const CALL_IN = 17;

    /** the website was visited */
    public const SITE_VISIT = 18;

    /** a chat message came in */
    public const CHAT = 19;

    /** a customer was created in the period (amoCRM) */
    public const CUSTOMER_ADDED = 20;

    /** a customer changed its period (amoCRM) */
    public const CUSTOMER_PERIOD_CHANGED = 21;

    /** a customer is in the period (amoCRM) */
    public const CUSTOMER_APPEARED_IN_PERIOD = 22;

    /** type => type_code */
    public const CODES = [
        self::LEAD_ADDED => 'lead_added',
        self::LEAD_STATUS_CHANGED => 'lead_status_changed',
        self::LEAD_APPEARED_IN_STATUS => 'lead_appeared_in_status',
        self::MAIL_IN => 'mail_in',
        self::CALL_IN => 'call_in',
        self::SITE_VISIT => 'site_visit',
        self::CHAT => 'chat',
        self::CUSTOMER_ADDED => 'customer_added',
        self::CUSTOMER_PERIOD_CHANGED => 'customer_period_changed',
        self::CUSTOMER_APPEARED_IN_PERIOD => 'customer_appeared_in_period',
    ];
}
