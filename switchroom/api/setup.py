"""The doors of all that is configured and needs nothing of its own; drafts for what is drawn over days."""

from fastapi import APIRouter

from switchroom.api.configured import resource
from switchroom.domain.access import Right, Role
from switchroom.domain.caller_lists import CallerList
from switchroom.domain.cards import Card
from switchroom.domain.company import Company
from switchroom.domain.configured import ThingKind
from switchroom.domain.extensions import Extension
from switchroom.domain.groups import Group
from switchroom.domain.paging import Paging
from switchroom.domain.projects import Project
from switchroom.domain.queues import Queue
from switchroom.domain.service_classes import ServiceClass

ROUTERS: list[APIRouter] = [
    resource(ThingKind.COMPANY, Company, "company", needs=None),
    resource(ThingKind.PROJECT, Project, "projects", needs=None),
    resource(ThingKind.ROLE, Role, "roles", needs=Right.ADMINISTER),
    resource(ThingKind.EXTENSION, Extension, "extensions", needs=None),
    resource(ThingKind.GROUP, Group, "groups", needs=None),
    resource(ThingKind.PAGING, Paging, "pagings", needs=None),
    resource(ThingKind.QUEUE, Queue, "queues", needs=None, drafted=True),
    resource(ThingKind.SERVICE_CLASS, ServiceClass, "service-classes", needs=None),
    resource(ThingKind.CALLER_LIST, CallerList, "caller-lists"),
    resource(ThingKind.CARD, Card, "cards", needs=None, drafted=True),
]
